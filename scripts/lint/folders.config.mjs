/**
 * That folders stand above each other. Apart from the rules for files, because tests count for their folder
 * there, and those of the Apex engine run on its host, which stands above it.
 */
import files from "../../.dependency-cruiser.mjs";

/** @type {import("dependency-cruiser").IConfiguration} */
export default {
  forbidden: [
    {
      name: "no-circular-folders",
      comment: "Of two folders one stands below the other. Move the file that points upwards.",
      severity: "error",
      scope: "folder",
      from: {},
      to: { circular: true },
    },
  ],
  options: { ...files.options, exclude: { path: `${files.options.exclude.path}|(^|/)test/` } },
};
