/* The draft that is kept in this browser. */
'use strict';

/** Keeps what is filled in, and gives it back. */
function writeDraft() {
  const KEY = 'opmodel-packet-draft';

  return {
    /**
     * Keep a draft; return whether this browser does so.
     * @param {string} id
     * @param {Data} data
     * @param {string[]} empty the paths of the lists that are empty on purpose
     */
    save(id, data, empty) {
      const text = JSON.stringify({ id, data, empty }, (_, value) => (value instanceof Exact ? { exact: value.text } : value));
      try {
        localStorage.setItem(KEY, text);
      } catch {
        return false;
      }
      return true;
    },

    /**
     * Return the draft that was kept; null when there is none that can be read.
     * @returns {{ id: string, data: Data, empty?: string[] } | null}
     */
    restore() {
      try {
        const kept = JSON.parse(localStorage.getItem(KEY) || 'null', Exact.revived);
        return kept && kept.data ? kept : null;
      } catch {
        return null;
      }
    },

    forget() {
      try { localStorage.removeItem(KEY); } catch { /* nothing was kept */ }
    },
  };
}
