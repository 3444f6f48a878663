/** Source folders of the Salesforce package: what people use, and its Apex tests. */
export const packageFolders: readonly string[] = ["force-app/main/default", "force-app/test"];
