/* global fetch */
/** Apex methods as components import them: to call, to wire, and to refresh. */

async function call(name, parameters) {
  const response = await fetch(`/apex/${name}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(parameters ?? {}),
  });
  const body = await response.json();
  if (response.ok) return body;
  throw {
    body,
    ok: false,
    status: response.status,
    statusText: response.statusText,
    errorType: "fetchResponse",
  };
}

const refreshers = new WeakMap();

function adapterOf(name) {
  return class {
    #emit;
    #parameters;
    #isConnected = false;

    constructor(dataCallback) {
      this.#emit = dataCallback;
      dataCallback({ data: undefined, error: undefined });
    }

    connect() {
      this.#isConnected = true;
      void this.#read();
    }

    update(parameters) {
      this.#parameters = parameters;
      void this.#read();
    }

    disconnect() {
      this.#isConnected = false;
    }

    async #read() {
      const parameters = this.#parameters;
      const isComplete =
        parameters && Object.values(parameters).every((each) => each !== undefined);
      if (!this.#isConnected || !isComplete) return;
      let result;
      try {
        result = { data: await call(name, parameters), error: undefined };
      } catch (error) {
        result = { data: undefined, error };
      }
      // An answer to older parameters is not shown any more.
      if (!this.#isConnected || parameters !== this.#parameters) return;
      refreshers.set(result, () => this.#read());
      this.#emit(result);
    }
  };
}

/** `@salesforce/apex/Class.method` */
export function apexMethod(name) {
  const method = (parameters) => call(name, parameters);
  method.adapter = adapterOf(name);
  return method;
}

export async function refreshApex(result) {
  await refreshers.get(result)?.();
}

export function getSObjectValue(record, field) {
  return record?.[field.fieldApiName ?? field];
}
