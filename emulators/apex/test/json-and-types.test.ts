/**
 * JSON, Type, Schema describe, sObject methods, custom labels, UserInfo, encodings.
 * Sources: Apex Reference Guide, "JSON Class" (apex_class_System_Json), "Type Class", "SObject Class",
 * "DescribeSObjectResult Class", "DescribeFieldResult Class", "PicklistEntry Class", "UserInfo Class",
 * "EncodingUtil Class", "Crypto Class"; RFC 1321 and FIPS 180 for the digests.
 */
import { ApexBench, type ConformanceCase } from "./support/apex-bench.ts";

const bench = new ApexBench({
  Item: `public class Item {
    public String name; public Integer count; public Decimal price; public Date day;
    public List<Item> parts; public Map<String, Boolean> flags; public Kind kind;
    public transient String hidden = 'x';
    public static String shared = 'y';
    public Item() {}
    public Item(String name) { this.name = name; }
    public enum Kind { A, B }
  }`,
});

describe("JSON", () => {
  const cases: ConformanceCase[] = [
    ["JSON.serialize('a\"b')", '"a\\"b"'],
    ["JSON.serialize(1.50)", "1.50"],
    ["JSON.serialize(true)", "true"],
    ["JSON.serialize(null)", "null"],
    ["JSON.serialize(Date.newInstance(2020, 1, 2))", '"2020-01-02"'],
    [
      "JSON.serialize(Datetime.newInstanceGmt(2020, 1, 2, 3, 4, 5))",
      '"2020-01-02T03:04:05.000+0000"',
    ],
    ["JSON.serialize(new List<Object>{1, 'a', null})", '[1,"a",null]'],
    ["JSON.serialize(new Map<String, Object>{'a' => null}, true)", "{}"],
    ["JSON.serialize(new Set<Id>{'701000000000001'})", '["701000000000001AAA"]'],
    ["JSON.serialize(new Item('x'), true)", '{"name":"x"}'],
    ["JSON.serialize(new Campaign(Name = 'x'))", '{"attributes":{"type":"Campaign"},"Name":"x"}'],
    [
      "JSON.serialize(new Campaign(Id = '701000000000001'))",
      '{"attributes":{"type":"Campaign","url":"/services/data/v61.0/sobjects/Campaign/701000000000001AAA"},"Id":"701000000000001AAA"}',
    ],
    [
      'JSON.deserializeUntyped(\'{"a": [1, 2.5, "x", null, true]}\')',
      "{a=(1, 2.5, x, null, true)}",
    ],
    ["JSON.deserializeUntyped('99999999999') instanceof Long", "true"],
    ["JSON.deserializeUntyped('1') instanceof Integer", "true"],
    ["JSON.deserializeUntyped('1.0') instanceof Decimal", "true"],
    [
      '((Item) JSON.deserialize(\'{"name":"x","count":3,"price":1.5,"day":"2020-01-02","kind":"B"}\', Item.class)).kind',
      "B",
    ],
    ['((Item) JSON.deserialize(\'{"parts":[{"name":"p"}]}\', Item.class)).parts[0].name', "p"],
    ['((Item) JSON.deserialize(\'{"flags":{"a":true}}\', Item.class)).flags', "{a=true}"],
    ["((Item) JSON.deserialize('{\"unknown\":1}', Item.class)).name", "null"],
    ["JSON.deserialize('[1,2]', List<Integer>.class)", "(1, 2)"],
    [
      '((Campaign) JSON.deserialize(\'{"Name":"x","StartDate":"2020-01-02"}\', Campaign.class)).StartDate',
      "2020-01-02",
    ],
    [
      '((List<SObject>) JSON.deserialize(\'[{"attributes":{"type":"Campaign"},"Name":"x"}]\', List<SObject>.class))[0].get(\'Name\')',
      "x",
    ],
    [
      'JSON.deserialize(\'{"count":"x"}\', Item.class)',
      'System.JSONException: Illegal value for Integer: "x"',
    ],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });

  test("malformed text is a JSONException", () => {
    expect(bench.evaluate("JSON.deserializeUntyped('{')")).toMatch(/^System\.JSONException: /);
  });
});

describe("Type", () => {
  const cases: ConformanceCase[] = [
    ["Type.forName('Item').getName()", "Item"],
    ["Type.forName('Item.Kind')", "Item.Kind"],
    ["Type.forName('Nothing')", "null"],
    ["Type.forName('List<Item>')", "List<Item>"],
    ["((Item) Type.forName('Item').newInstance()).name", "null"],
    ["Type.forName('Campaign').newInstance()", "Campaign:{}"],
    ["Item.class == Type.forName('item')", "true"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("schema describe", () => {
  const cases: ConformanceCase[] = [
    ["Campaign.SObjectType", "Campaign"],
    ["Schema.SObjectType.Campaign.getLabel()", "Campaign"],
    ["Schema.SObjectType.Campaign.getKeyPrefix()", "701"],
    ["Schema.SObjectType.Campaign.isCustom()", "false"],
    ["Schema.getGlobalDescribe().get('campaign')", "Campaign"],
    ["Schema.getGlobalDescribe().get('Campaign').getDescribe().getName()", "Campaign"],
    ["Schema.getGlobalDescribe().containsKey('nothing__c')", "false"],
    ["Schema.SObjectType.Campaign.fields.getMap().containsKey('name')", "true"],
    ["Schema.SObjectType.Campaign.fields.getMap().get('STARTDATE')", "StartDate"],
    ["Schema.SObjectType.Campaign.fields.Name.getLength()", "80"],
    [
      "Schema.SObjectType.Campaign.fields.Nope",
      "compile 1:36: Variable does not exist: Campaign.Nope",
    ],
    ["Campaign.Name.getDescribe().getLabel()", "Campaign Name"],
    ["Campaign.StartDate.getDescribe().getType()", "DATE"],
    ["Campaign.Circa_Event_Id__c.getDescribe().isUnique()", "true"],
    ["Campaign.Circa_Sync_Status__c.getDescribe().getPicklistValues()[0].getValue()", "In Sync"],
    ["Campaign.Name == Campaign.Name", "true"],
    ["Campaign.Name.getDescribe().isAccessible()", "true"],
    ["Id.valueOf('701000000000001').getSObjectType()", "Campaign"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});

describe("SObject methods", () => {
  const cases: ConformanceCase[] = [
    ["new Campaign(Name = 'x').get('name')", "x"],
    ["new Campaign(Name = 'x').get(Campaign.Name)", "x"],
    ["new Campaign().get('Nope')", "System.SObjectException: Invalid field Nope for Campaign"],
    ["new Campaign(Name = 'x').getSObjectType()", "Campaign"],
    ["new Campaign(Name = 'x', Id = '701000000000001').clone().Id", "null"],
    ["new Campaign(Name = 'x', Id = '701000000000001').clone(true).Id", "701000000000001AAA"],
    ["new Campaign(Name = 'x').getPopulatedFieldsAsMap()", "{Name=x}"],
    ["new Campaign(Name = null).isSet('Name')", "true"],
    ["new Campaign().isSet(Campaign.Name)", "false"],
    ["Campaign.SObjectType.newSObject()", "Campaign:{}"],
    ["new Campaign(Nope = 1)", "compile 1:14: Variable does not exist: Campaign.Nope"],
    [
      "new Campaign(CreatedDate = System.now())",
      "compile 1:14: Field is not writeable: CreatedDate",
    ],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });

  const programs: ConformanceCase[] = [
    ["SObject r = new Campaign(); r.put('Name', 'x'); System.debug(r.get('Name'));", "x"],
    [
      "SObject r = new Campaign(); r.put('BudgetedCost', 5); System.debug(r.get('BudgetedCost') instanceof Decimal);",
      "true",
    ],
    [
      "SObject r = new Campaign(); r.put('Name', 5);",
      "System.SObjectException: Illegal assignment from Integer to String",
    ],
    [
      "SObject r = new Campaign(); r.put('Nope', 5);",
      "System.SObjectException: Invalid field Nope for Campaign",
    ],
    [
      "Campaign c = new Campaign(); c.Name = 'a'; c.StartDate = Date.newInstance(2020, 1, 1); System.debug(c);",
      "Campaign:{Name=a, StartDate=2020-01-01 00:00:00}",
    ],
    [
      "Campaign c = new Campaign(Owner = new User(LastName = 'x')); System.debug(c.Owner.LastName); System.debug(((User) c.getSObject('Owner')).LastName);",
      "x\nx",
    ],
  ];
  test.each(programs)("%s gives %s", async (source, outcome) => {
    expect(await bench.run(source)).toBe(outcome);
  });
});

describe("surroundings", () => {
  const cases: ConformanceCase[] = [
    ["System.Label.Greeting", "Hello"],
    ["Label.Greeting", "Hello"],
    ["Label.Nothing", "compile 1:7: Custom label does not exist: Nothing"],
    ["UserInfo.getName()", "Jamie Rivera"],
    ["UserInfo.getUserId().getSObjectType()", "User"],
    ["FeatureManagement.checkPermission('Circa_Sync_Integration')", "false"],
    ["Limits.getLimitQueries()", "100"],
    ["Limits.getLimitDmlStatements()", "150"],
    ["Test.isRunningTest()", "false"],
    ["Trigger.isExecuting", "false"],
    ["Trigger.new", "null"],
  ];
  test.each(cases)("%s gives %s", (expression, outcome) => {
    expect(bench.evaluate(expression)).toBe(outcome);
  });
});
