from __future__ import annotations

import pytest

from trustwide.rooms.devices.tests.ward import Ward, make_ward


@pytest.fixture
def ward(db: None) -> Ward:
    return make_ward()
