/** Who works at the imaginary company: Salesforce Users and, by e-mail, leaders of Events. */
export interface SeedPerson {
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  /** An inactive user still owns old Campaigns and can't own new ones. */
  readonly isActive: boolean;
}

function person(firstName: string, lastName: string, isActive = true): SeedPerson {
  const email = `${firstName}.${lastName}@northlark.example`.toLowerCase();
  return { firstName, lastName, email, isActive };
}

/** Field marketers: each leads some Events. */
export const leaders = [
  person("Maya", "Lindqvist"),
  person("Tomasz", "Wierzba"),
  person("Aroha", "Ngata"),
  person("Devika", "Raman"),
  person("Caleb", "Osei"),
  person("Ines", "Carvalho"),
] as const;

/** Executives: each sponsors some Events. */
export const executives = [
  person("Ruth", "Abernathy"),
  person("Kenji", "Morita"),
  person("Paul", "Delacroix"),
] as const;

/** All people, with one who has left the company. */
export const people: readonly SeedPerson[] = [
  ...leaders,
  ...executives,
  person("Gordon", "Pell", false),
];
