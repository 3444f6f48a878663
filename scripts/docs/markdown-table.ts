/** A Markdown table with aligned columns; the first row is the header. */
export function markdownTable(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(3, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  const [header = "", ...body] = rows.map((row) =>
    line(widths.map((width, column) => (row[column] ?? "").padEnd(width))),
  );
  return [header, line(widths.map((width) => "-".repeat(width))), ...body].join("\n");
}
