trigger CampaignCircaTrigger on Campaign(after insert, after update, after delete, after undelete) {
    new CircaCampaignTriggerHandler().run(Trigger.oldMap, Trigger.newMap);
}
