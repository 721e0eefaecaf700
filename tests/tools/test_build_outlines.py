from tools.build_outlines import in_steps, rings_of, simplified

TRIANGLE = {
    "transform": {"scale": [0.5, 0.5], "translate": [-180, -90]},
    "arcs": [[[360, 180], [20, 0], [0, 20]], [[360, 180], [20, 20]]],
    "objects": {"land": {"geometries": [{"arcs": [[[0, -2]]]}]}},
}


def test_a_ring_is_read_from_arcs_in_both_directions():
    assert rings_of(TRIANGLE) == [[(10.0, 0.0), (10.0, 10.0), (0.0, 0.0)]]


def test_a_coast_keeps_its_corners_only():
    along = [(degree / 10, 0.0) for degree in range(50)]

    assert simplified([*along, (5.0, 0.0), (5.0, 5.0)]) == [(0.0, 0.0), (5.0, 0.0), (5.0, 5.0)]


def test_what_is_too_small_to_be_seen_is_left_out():
    assert simplified([(0.0, -89.999), (120.0, -89.999), (-120.0, -89.999)]) == []
    assert in_steps([(1.0, 1.0), (1.01, 1.01), (1.02, 1.0)]) == []


def test_a_coast_goes_the_short_way_over_the_date_line():
    assert in_steps([(179.0, 0.0), (-179.0, 0.0), (180.0, 2.0)]) == [3580, 0, 40, 0, -20, 40]
