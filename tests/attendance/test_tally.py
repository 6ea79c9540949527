from hypothesis import given
from hypothesis import strategies as st

from attendance.tally import Line, Tally

lines = st.lists(
    st.builds(
        Line,
        sex=st.sampled_from(["L", "P", ""]),
        unsur=st.sampled_from(["", "BPD", "RT/RW", "tokoh agama"]),
        seat=st.none() | st.integers(1, 40),
        is_stand_in=st.booleans(),
    ),
    max_size=80,
)


def test_walk_ins_fill_no_seats():
    """The domain's own example: 90 invited, 55 seats filled, 20 walk-ins: two thirds is 60, so not met."""
    seated = [Line("L", "RT/RW", seat, is_stand_in=seat % 5 == 0) for seat in range(1, 56)]
    walk_ins = [Line("P", "", None)] * 20

    tally = Tally.of(seated + walk_ins, invited=90)

    assert (tally.present, tally.seats_filled, tally.walk_ins, tally.stand_ins) == (75, 55, 20, 11)
    assert tally.seats_filled * 3 < tally.invited * 2


@given(lines)
def test_the_parts_add_up(of_list):
    tally = Tally.of(of_list, invited=40)

    assert tally.men + tally.women + tally.sex_unknown == tally.present == len(of_list)
    assert sum(number for _, number in tally.by_unsur) + tally.unsur_unknown == tally.present
    assert tally.seats_filled <= min(tally.present - tally.walk_ins, tally.invited)


@given(lines, st.integers(1, 40))
def test_one_more_walk_in_changes_no_seat(of_list, invited):
    before = Tally.of(of_list, invited)

    after = Tally.of([*of_list, Line("L", "BPD", None)], invited)

    assert after.seats_filled == before.seats_filled
    assert after.present == before.present + 1
