"""Who may be answered by a gateway and when; and what an operator may have written wrongly."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from himaya.config.doors import BadDoorSettings, gateways, mailbox_server
from himaya.doors.messages.incoming import may_answer
from himaya.packs.loader import current
from himaya.reporting.contents import Contact

SECRET = "ab" * 32
NUMBER = "+96555550100"
ZONE = ZoneInfo(current().calendar.time_zone)


def contact(**changes: str) -> Contact:
    return Contact(**{"how": NUMBER, "channel": "text", "hours": "17-22"} | changes)


def moment(hour: int) -> datetime:
    return datetime(2026, 11, 22, hour, 30, tzinfo=ZONE)


@pytest.mark.parametrize(
    ("said", "hour", "may"),
    [
        (contact(), 18, True),
        (contact(channel="chat"), 21, True),
        (contact(), 16, False),
        (contact(), 22, False),
        (contact(hours="22-06"), 3, True),
        (contact(hours="00-24"), 3, True),
        (contact(hours=""), 18, False),
        (contact(hours="always"), 18, False),
        (contact(channel=""), 18, False),
        (contact(channel="call"), 18, False),
        (contact(channel="email"), 18, False),
        (contact(how=""), 18, False),
        (Contact(how=NUMBER), 18, False),
    ],
)
def test_who_may_be_answered_and_when(said, hour, may):
    assert may_answer(said, moment(hour), ZONE) is may
    assert may_answer(said, moment(hour).astimezone(ZoneInfo("Asia/Tokyo")), ZONE) is may


@pytest.mark.parametrize(
    "wrong",
    [
        "x = 1",
        "[sms]\nadapter = 'plain'",
        "[sms]\nadapter = 'plain'\nsecret = 'ab'",
        f"[sms]\nadapter = 'os'\nsecret = '{SECRET}'",
        f"[mailbox]\nadapter = 'plain'\nsecret = '{SECRET}'",
        f"['../x']\nadapter = 'plain'\nsecret = '{SECRET}'",
        f"[sms]\nadapter = 'plain'\nsecret = '{SECRET}'\nother = 1",
        "[sms",
    ],
)
def test_a_gateway_that_is_set_up_wrongly_is_named(tmp_path, wrong):
    file = tmp_path / "gateways.toml"
    file.write_text(wrong)

    with pytest.raises(BadDoorSettings, match=r"gateways\.toml"):
        gateways(file)


@pytest.mark.parametrize(
    "wrong",
    [
        "host = 1",
        "host='h'\nuser='u'\npassword='p'\naddress=1\n",
        "host='h'\nuser='u'\npassword='p'\naddress='a'",
        "x",
        "",
    ],
)
def test_a_mailbox_that_is_set_up_wrongly_is_named(tmp_path, wrong):
    file = tmp_path / "mailbox.toml"
    file.write_text(wrong)

    with pytest.raises(BadDoorSettings, match=r"mailbox\.toml"):
        mailbox_server(file)
    assert mailbox_server(tmp_path / "none.toml") is None
