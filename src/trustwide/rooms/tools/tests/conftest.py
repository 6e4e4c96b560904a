import pytest

from trustwide.rooms.tools.tests.made import Ward, make_ward


@pytest.fixture
def ward(db: None) -> Ward:
    return make_ward()
