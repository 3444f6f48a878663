trigger CampaignCircaTrigger on Campaign(
    before insert,
    after insert,
    after update,
    after delete,
    after undelete
) {
    CircaCampaignTriggerHandler handler = new CircaCampaignTriggerHandler();
    if (Trigger.isBefore) {
        handler.forgetSyncState(Trigger.new);
    } else {
        handler.run(Trigger.oldMap, Trigger.newMap);
    }
}
