/**
 * The Messaging namespace, as far as bell notifications and plain e-mails to users go. Nothing leaves
 * the machine: what is sent is checked as the platform checks it, counted, and gone.
 */
import type { WriteError } from "../ports.ts";
import type { Runtime } from "../run/runtime.ts";
import type { SetValue } from "../values/collections.ts";
import { ListValue } from "../values/collections.ts";
import { NativeValue } from "../values/native-value.ts";
import type { Value } from "../values/value.ts";
import { libraryClass, type Members } from "../intrinsics/define.ts";

const namespace = "Messaging";
const maxRecipients = 500;

type Draft = Map<string, Value>;

/** A setter for each name: `setTitle(String)` keeps `Title`. */
function setters(signatures: readonly (readonly [name: string, type: string])[]): Members {
  return Object.fromEntries(
    signatures.map(([name, type]) => [
      `void set${name}(${type}? value)`,
      (_rt: Runtime, self: NativeValue<Draft>, value: Value) => {
        self.data.set(name, value);
      },
    ]),
  );
}

function sendNotification(rt: Runtime, draft: Draft, recipients: SetValue): void {
  const missing = (["Title", "Body", "NotificationTypeId"] as const).find(
    (name) => draft.get(name) == null || draft.get(name) === "",
  );
  if (missing !== undefined)
    throw rt.error(
      "IllegalArgumentException",
      `Missing required notification attribute: ${missing}`,
    );
  if (draft.get("TargetPageRef") == null)
    throw rt.error("IllegalArgumentException", "A targetId or a targetPageRef is required.");
  const count = [...recipients.values()].length;
  if (count === 0 || count > maxRecipients)
    throw rt.error(
      "IllegalArgumentException",
      `The number of recipients must be between 1 and ${maxRecipients}: ${count}`,
    );
}

const notificationInfo = libraryClass(
  "CustomNotification",
  {
    "new()": () => new NativeValue<Draft>(notificationInfo.of(), new Map()),
    ...setters([
      ["Title", "String"],
      ["Body", "String"],
      ["NotificationTypeId", "String"],
      ["TargetPageRef", "String"],
    ]),
    "void send(Set<String> users)": (rt, self: NativeValue<Draft>, users: SetValue) => {
      sendNotification(rt, self.data, users);
    },
  },
  { namespace },
);

const emailInfo = libraryClass("Email", {}, { namespace, abstract: true });
const singleInfo = libraryClass(
  "SingleEmailMessage",
  {
    "new()": () => new NativeValue<Draft>(singleInfo.of(), new Map()),
    ...setters([
      ["TargetObjectId", "Id"],
      ["Subject", "String"],
      ["PlainTextBody", "String"],
      ["SaveAsActivity", "Boolean"],
    ]),
    "String getSubject()": (_rt, self: NativeValue<Draft>) => self.data.get("Subject") ?? null,
    "String getPlainTextBody()": (_rt, self: NativeValue<Draft>) =>
      self.data.get("PlainTextBody") ?? null,
    "Id getTargetObjectId()": (_rt, self: NativeValue<Draft>) =>
      self.data.get("TargetObjectId") ?? null,
  },
  { namespace, superType: emailInfo },
);

interface SendResult {
  readonly errors: readonly WriteError[];
}

const errorInfo = libraryClass(
  "SendEmailError",
  {
    "String getMessage()": (_rt, self: NativeValue<WriteError>) => self.data.message,
  },
  { namespace },
);
const resultInfo = libraryClass(
  "SendEmailResult",
  {
    "Boolean isSuccess()": (_rt, self: NativeValue<SendResult>) => self.data.errors.length === 0,
    "List<Messaging.SendEmailError> getErrors()": (_rt, self: NativeValue<SendResult>) =>
      new ListValue(
        errorInfo.of(),
        self.data.errors.map((error) => new NativeValue(errorInfo.of(), error)),
      ),
  },
  { namespace },
);

/** What keeps a message from being sent; null when nothing does. */
function problemOf(rt: Runtime, draft: Draft): string | null {
  const target = draft.get("TargetObjectId");
  if (target == null) return "Add a recipient to send an email to one or more addresses.";
  const body = draft.get("PlainTextBody");
  if (body == null || body === "")
    return "Email body is required, unless the template is specified.";
  const isUser = typeof target === "string" && target.startsWith("005");
  // An activity belongs to contacts and leads: for a user it has to be switched off.
  if (isUser && draft.get("SaveAsActivity") !== false)
    return "saveAsActivity must be false when sending mail to users.";
  if (isUser && rt.platform.access.user(target).email === "")
    return "The user has no e-mail address.";
  return null;
}

function sendEmail(rt: Runtime, messages: ListValue, allOrNone: boolean): ListValue {
  rt.count("emailInvocations");
  const results = messages.items.map((message) => {
    if (!(message instanceof NativeValue)) throw rt.nullPointer();
    const problem = problemOf(rt, message.data as Draft);
    if (problem !== null && allOrNone)
      throw rt.error("EmailException", `SendEmail failed. ${problem}`);
    const errors: WriteError[] =
      problem === null
        ? []
        : [{ statusCode: "INVALID_EMAIL_ADDRESS", message: problem, fields: [] }];
    return new NativeValue<SendResult>(resultInfo.of(), { errors });
  });
  return new ListValue(resultInfo.of(), results);
}

/** `Messaging.sendEmail` is a method of the namespace's own name. */
libraryClass("Messaging", {
  "static List<Messaging.SendEmailResult> sendEmail(List<Messaging.Email> messages)": (
    rt,
    messages: ListValue,
  ) => sendEmail(rt, messages, true),
  "static List<Messaging.SendEmailResult> sendEmail(List<Messaging.Email> messages, Boolean allOrNone)":
    (rt, messages: ListValue, allOrNone: boolean) => sendEmail(rt, messages, allOrNone),
});
