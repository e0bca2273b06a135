"""The contact relay: writing to an entry of the directory without seeing its address (docs/contact-relay.md).

Who may read and answer a thread: `parties`. Writing: `writing`, within `bounds`, in `words`. Letters: `mails` leaves
drafts, `letters` writes them, `aliases` names the address to answer to. Answers by mail: `incoming` reads a message,
`quoting` and `masking` leave what was meant, `receiving` hands it to the rule. `blocking`, `reporting`: being left
in peace.
"""
