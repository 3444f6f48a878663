/* global fetch, URLSearchParams, window */
/** `lightning/uiRecordApi`: reads records, and reads them again when a component says that they changed. */

const readers = new Set();

async function readRecord(recordId, fields) {
  const query = new URLSearchParams({ fields: fields.join(",") });
  const response = await fetch(`/lightning/records/${recordId}?${query}`);
  const body = await response.json();
  if (response.ok) return body;
  throw { body, ok: false, status: response.status, statusText: response.statusText };
}

const nameOf = (field) =>
  typeof field === "string" ? field : `${field.objectApiName}.${field.fieldApiName}`;

/** Wired: one record, as the user may see it. */
export class getRecord {
  #emit;
  #config;
  #isConnected = false;

  constructor(dataCallback) {
    this.#emit = dataCallback;
    dataCallback({ data: undefined, error: undefined });
  }

  connect() {
    this.#isConnected = true;
    readers.add(this);
    void this.read();
  }

  update(config) {
    this.#config = config;
    void this.read();
  }

  disconnect() {
    this.#isConnected = false;
    readers.delete(this);
  }

  isOf(recordId) {
    return this.#config?.recordId === recordId;
  }

  get #fields() {
    return [this.#config?.fields ?? [], this.#config?.optionalFields ?? []].flat().map(nameOf);
  }

  /** Only the fields that were asked for. */
  give(record) {
    const names = this.#fields.map((name) => name.split(".").slice(1).join("."));
    const known = names.filter((name) => name in record.fields);
    const fields = Object.fromEntries(known.map((name) => [name, record.fields[name]]));
    this.#emit({ data: { ...record, fields }, error: undefined });
  }

  async read() {
    const config = this.#config;
    const fields = this.#fields;
    if (!this.#isConnected || config?.recordId === undefined || fields.length === 0) return;
    let result;
    try {
      result = { data: await readRecord(config.recordId, fields), error: undefined };
    } catch (error) {
      result = { data: undefined, error };
    }
    if (this.#isConnected && config === this.#config) this.#emit(result);
  }
}

/** A record that was saved here: components get it as it was saved, whatever happened to it since. */
export function announceSaved(record) {
  for (const reader of readers) {
    if (reader.isOf(record.id)) reader.give(record);
  }
  window.dispatchEvent(new window.CustomEvent("recordschanged", { detail: [record.id] }));
}

export async function notifyRecordUpdateAvailable(records) {
  const ids = new Set(records.map(({ recordId }) => recordId));
  const concerned = [...readers].filter((reader) => [...ids].some((id) => reader.isOf(id)));
  await Promise.all(concerned.map((reader) => reader.read()));
  window.dispatchEvent(new window.CustomEvent("recordschanged", { detail: [...ids] }));
}

const fieldOf = (record, field) => {
  const name = nameOf(field).split(".").slice(1).join(".");
  return record?.fields?.[name];
};

export function getFieldValue(record, field) {
  return fieldOf(record, field)?.value;
}

export function getFieldDisplayValue(record, field) {
  return fieldOf(record, field)?.displayValue;
}
