'use strict';

/** A set-up step that failed for a reason its message explains; everything else is a defect and keeps its stack. */
class SetupError extends Error {
  /** `signal` is the one that interrupted the step, if one did. */
  constructor(message, signal) {
    super(message);
    this.signal = signal;
  }
}

/** Says on stderr what is being done. */
function say(message) {
  process.stderr.write(`labmill: ${message}\n`);
}

module.exports = { SetupError, say };
