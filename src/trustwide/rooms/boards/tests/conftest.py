import pytest

from trustwide.rooms.boards.tests.ward import Ward, make_ward


@pytest.fixture
def ward(db: None) -> Ward:
    return make_ward()
