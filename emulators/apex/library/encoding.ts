/** Blob, EncodingUtil, Crypto, Url-free text encodings. */
import { createHash, createHmac, randomBytes, randomInt } from "node:crypto";
import type { Runtime } from "../run/runtime.ts";
import { blobType } from "../types/builtin.ts";
import { BlobValue } from "../values/scalars.ts";
import { addMembers, libraryClass } from "./define.ts";

const blob = (bytes: Buffer): BlobValue => new BlobValue(bytes);

addMembers(blobType.info, {
  "static Blob valueOf(String text)": (_rt, text: string) => blob(Buffer.from(text, "utf8")),
  "String toString()": (_rt, self: BlobValue) => self.bytes.toString("utf8"),
  "Integer size()": (_rt, self: BlobValue) => self.bytes.length,
});

libraryClass("EncodingUtil", {
  "static String base64Encode(Blob value)": (_rt, value: BlobValue) =>
    value.bytes.toString("base64"),
  "static Blob base64Decode(String text)": (_rt, text: string) => blob(Buffer.from(text, "base64")),
  "static String convertToHex(Blob value)": (_rt, value: BlobValue) => value.bytes.toString("hex"),
  "static Blob convertFromHex(String text)": (_rt, text: string) => blob(Buffer.from(text, "hex")),
  "static String urlEncode(String text, String charset)": (_rt, text: string) =>
    encodeURIComponent(text)
      .replace(/[!'()~]/g, (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`)
      .replaceAll("%20", "+"),
  "static String urlDecode(String text, String charset)": (_rt, text: string) =>
    decodeURIComponent(text.replaceAll("+", " ")),
});

const digests: Readonly<Record<string, string>> = {
  md5: "md5",
  sha1: "sha1",
  "sha-1": "sha1",
  sha256: "sha256",
  "sha-256": "sha256",
  sha512: "sha512",
  "sha-512": "sha512",
  hmacmd5: "md5",
  hmacsha1: "sha1",
  hmacsha256: "sha256",
  hmacsha512: "sha512",
};

function algorithm(rt: Runtime, name: string): string {
  const found = digests[name.toLowerCase()];
  if (!found) throw rt.error("NoSuchElementException", `Unsupported algorithm: ${name}`);
  return found;
}

libraryClass("Crypto", {
  "static Blob generateDigest(String name, Blob value)": (rt, name: string, value: BlobValue) =>
    blob(createHash(algorithm(rt, name)).update(value.bytes).digest()),
  "static Blob generateMac(String name, Blob value, Blob key)": (
    rt,
    name: string,
    value: BlobValue,
    key: BlobValue,
  ) => blob(createHmac(algorithm(rt, name), key.bytes).update(value.bytes).digest()),
  "static Blob generateAesKey(Integer size)": (rt, size: number) => {
    if (![128, 192, 256].includes(size))
      throw rt.error("InvalidParameterValueException", "AES key size must be 128, 192 or 256 bits");
    return blob(randomBytes(size / 8));
  },
  "static Integer getRandomInteger()": () => randomInt(-(2 ** 31), 2 ** 31 - 1),
  "static Long getRandomLong()": () => BigInt.asIntN(64, randomBytes(8).readBigInt64BE()),
});
