"""Types lines into `jupyter console` as a person would, and prints the transcript."""

import sys

import pexpect

console = pexpect.spawn(
    "jupyter console --kernel labmill --simple-prompt", encoding="utf8", timeout=60, dimensions=(60, 120)
)
console.logfile_read = sys.stdout
console.expect(r"In \[1\]: ")
for typed in sys.argv[1:]:
    line, _, answer = typed.partition(" <- ")
    console.sendline(line)
    if answer:
        console.expect(r"\? ")
        console.sendline(answer)
    console.expect(r"In \[\d+\]: ")
console.sendeof()
console.expect("Do you really want to exit")
console.sendline("y")
console.expect(pexpect.EOF)
