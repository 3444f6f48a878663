/** What a screen shows may be cut, visibly; what the sync writes never is. */
export function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - 1)}…`;
}
