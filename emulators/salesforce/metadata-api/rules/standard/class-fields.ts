/** One field of a compiled Java class. */
export interface ClassField {
  readonly name: string;
  /** JVM type descriptor, for example `Lcom/example/Thing;`. */
  readonly descriptor: string;
}

/** Bytes that a constant takes after its tag, by tag (JVM specification, 4.4). Text (1) is variable. */
const constantBytes: Readonly<Record<number, number>> = {
  3: 4,
  4: 4,
  5: 8,
  6: 8,
  7: 2,
  8: 2,
  9: 4,
  10: 4,
  11: 4,
  12: 4,
  15: 3,
  16: 2,
  17: 4,
  18: 4,
  19: 2,
  20: 2,
};

/**
 * Lists the fields that a Java class file declares.
 * @throws when the bytes are no class file.
 */
export function readClassFields(bytes: Buffer): ClassField[] {
  if (bytes.readUInt32BE(0) !== 0xcafebabe) throw new Error("not a Java class file");
  const { texts, end } = readTexts(bytes);
  // Behind the constants: access flags, this class, super class, then the interfaces.
  let offset = end + 6;
  offset += 2 + 2 * bytes.readUInt16BE(offset);
  const count = bytes.readUInt16BE(offset);
  offset += 2;
  const fields: ClassField[] = [];
  for (let i = 0; i < count; i++) {
    fields.push({
      name: texts.get(bytes.readUInt16BE(offset + 2)) ?? "",
      descriptor: texts.get(bytes.readUInt16BE(offset + 4)) ?? "",
    });
    offset = skipAttributes(bytes, offset + 6);
  }
  return fields;
}

function readTexts(bytes: Buffer): { texts: ReadonlyMap<number, string>; end: number } {
  const texts = new Map<number, string>();
  const count = bytes.readUInt16BE(8);
  let offset = 10;
  for (let index = 1; index < count; index++) {
    const tag = bytes.readUInt8(offset);
    if (tag === 1) {
      const length = bytes.readUInt16BE(offset + 1);
      texts.set(index, bytes.toString("utf8", offset + 3, offset + 3 + length));
      offset += 3 + length;
    } else {
      const size = constantBytes[tag];
      if (size === undefined) throw new Error(`unknown constant ${tag} in a Java class file`);
      offset += 1 + size;
      // Long and double take two places in the table.
      if (size === 8) index++;
    }
  }
  return { texts, end: offset };
}

function skipAttributes(bytes: Buffer, start: number): number {
  const count = bytes.readUInt16BE(start);
  let offset = start + 2;
  for (let i = 0; i < count; i++) offset += 6 + bytes.readUInt32BE(offset + 2);
  return offset;
}
