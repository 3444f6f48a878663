trigger CircaSyncStateTrigger on Circa_Sync_State__c(after insert, after update) {
    new CircaSyncStateHandler().run(Trigger.oldMap, Trigger.new);
}
