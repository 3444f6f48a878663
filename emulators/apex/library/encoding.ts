/** EncodingUtil and Crypto. */
import { randomBytes } from "node:crypto";
import { BlobValue } from "../values/scalars.ts";
import { libraryClass } from "../intrinsics/define.ts";

const blob = (bytes: Buffer): BlobValue => new BlobValue(bytes);

libraryClass("EncodingUtil", {
  "static String convertToHex(Blob value)": (_rt, value: BlobValue) => value.bytes.toString("hex"),
});

libraryClass("Crypto", {
  "static Blob generateAesKey(Integer size)": (rt, size: number) => {
    if (![128, 192, 256].includes(size))
      throw rt.error("InvalidParameterValueException", "AES key size must be 128, 192 or 256 bits");
    return blob(randomBytes(size / 8));
  },
});
