"""How hard a passphrase is to guess once the table of member keys is stolen."""

import time

import pytest

from himaya.vault.keys import passphrase_key


@pytest.mark.slow
def test_one_guess_costs_a_noticeable_time_and_64_mib():
    begin = time.process_time()
    first = passphrase_key("amber basin cedar", b"salt of sixteen.")
    took = time.process_time() - begin

    assert took > 0.03
    assert len(first) == 32
    assert passphrase_key("amber basin cedar", b"salt of another.") != first
    assert passphrase_key("amber basin cedaR", b"salt of sixteen.") != first
