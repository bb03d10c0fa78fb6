"""Reports by text message or chat: a gateway hands each over in a signed request.

An adapter is a folder here: `read(body)` makes an `Incoming` of what its gateway sends, and
`reply(text)` says in the gateway's form what may be sent back, or that nothing may.
"""
