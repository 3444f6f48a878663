/**
 * Scheduled jobs, bell notifications, e-mails, and what Apex reads of permissions.
 * Sources: Apex Developer Guide, "Apex Scheduler"; Apex Reference Guide, "System Class" (schedule,
 * abortJob), "CustomNotification Class", "SingleEmailMessage Class", "Messaging Class", "Crypto Class";
 * Object Reference, "CronTrigger", "FieldPermissions", "CustomNotificationType".
 */
import { ApexBench } from "./support/apex-bench.ts";

const others = {
  Timed:
    "public class Timed implements Schedulable { public void execute(SchedulableContext c) { insert new Campaign(Name = 'timed'); } }",
};

/** The failure of a test method with this body; null when it passes. */
function failureOf(body: string): string | null {
  const bench = new ApexBench({
    Sample: `@IsTest private class Sample { @IsTest static void runs() { ${body} } }`,
    ...others,
  });
  const [outcome] = bench.runTests();
  return outcome?.failure?.split("\n")[0] ?? null;
}

test.each([
  [
    "a job stands on the schedule under its name",
    `Id job = System.schedule('Nightly', '0 0 2 * * ?', new Timed());
     CronTrigger found = [SELECT Id, CronExpression, State, CronJobDetail.Name FROM CronTrigger WHERE CronJobDetail.Name LIKE 'Night%'];
     Assert.areEqual(job, found.Id); Assert.areEqual('0 0 2 * * ?', found.CronExpression);
     Assert.areEqual('WAITING', found.State); Assert.areEqual('Nightly', found.CronJobDetail.Name);`,
  ],
  [
    "two jobs may not have one name",
    `System.schedule('Nightly', '0 0 2 * * ?', new Timed());
     try { System.schedule('Nightly', '0 0 3 * * ?', new Timed()); Assert.fail('taken'); }
     catch (AsyncException e) { Assert.isTrue(e.getMessage().contains('already scheduled')); }`,
  ],
  [
    "an aborted job is gone and does not run",
    `Test.startTest();
     System.abortJob(System.schedule('Nightly', '0 0 2 * * ?', new Timed()));
     Test.stopTest();
     Assert.areEqual(0, [SELECT COUNT() FROM CronTrigger]); Assert.areEqual(0, [SELECT COUNT() FROM Campaign]);`,
  ],
  [
    "a cron expression needs its parts",
    `try { System.schedule('Nightly', '0 0', new Timed()); Assert.fail('refused'); }
     catch (StringException e) { Assert.isNotNull(e.getMessage()); }`,
  ],
  [
    "a notification needs a title, a body, a type, a target and recipients",
    `CustomNotificationType type = [SELECT Id FROM CustomNotificationType WHERE DeveloperName = 'Circa_Connection'];
     Messaging.CustomNotification bell = new Messaging.CustomNotification();
     bell.setBody('b'); bell.setNotificationTypeId(type.Id); bell.setTargetPageRef('{}');
     Set<String> users = new Set<String>{ UserInfo.getUserId() };
     try { bell.send(users); Assert.fail('no title'); } catch (IllegalArgumentException e) { Assert.isNotNull(e); }
     bell.setTitle('t');
     bell.send(users);
     try { bell.send(new Set<String>()); Assert.fail('nobody'); } catch (IllegalArgumentException e) { Assert.isNotNull(e); }`,
  ],
  [
    "an e-mail to a user is no activity, and counts",
    `Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
     mail.setTargetObjectId(UserInfo.getUserId()); mail.setSubject('s'); mail.setPlainTextBody('b');
     List<Messaging.Email> mails = new List<Messaging.SingleEmailMessage>{ mail };
     Assert.isFalse(Messaging.sendEmail(mails, false)[0].isSuccess());
     mail.setSaveAsActivity(false);
     Assert.isTrue(Messaging.sendEmail(mails)[0].isSuccess());
     Assert.areEqual(2, Limits.getEmailInvocations()); Assert.areEqual(10, Limits.getLimitEmailInvocations());`,
  ],
  [
    "an e-mail without a recipient stops a call that is all or nothing",
    `Messaging.SingleEmailMessage mail = new Messaging.SingleEmailMessage();
     mail.setPlainTextBody('b');
     try { Messaging.sendEmail(new List<Messaging.SingleEmailMessage>{ mail }); Assert.fail('nobody'); }
     catch (EmailException e) { Assert.isTrue(e.getMessage().startsWith('SendEmail failed.')); }`,
  ],
  [
    "field permissions are those of the permission sets",
    `List<FieldPermissions> found = [SELECT Field, PermissionsRead, PermissionsEdit FROM FieldPermissions
       WHERE SobjectType = 'Campaign' AND Parent.Name = 'Circa_Sync_User' AND Field = 'Campaign.Circa_Sync_Status__c'];
     Assert.areEqual(1, found.size()); Assert.isTrue(found[0].PermissionsRead); Assert.isFalse(found[0].PermissionsEdit);`,
  ],
  [
    "an AES key has the bits it was asked for",
    `Assert.areEqual(32, EncodingUtil.convertToHex(Crypto.generateAesKey(128)).length());
     try { Crypto.generateAesKey(100); Assert.fail('odd'); } catch (InvalidParameterValueException e) { Assert.isNotNull(e); }`,
  ],
])("%s", (_behaviour, body) => {
  expect(failureOf(body)).toBeNull();
});
