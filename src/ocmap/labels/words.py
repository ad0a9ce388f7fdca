"""The words of the screen in two languages: one frozen record, so that neither language can lack one.

A word with ``{…}`` is filled with `str.format`; the names in braces are the same in both languages.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Words:
    """Every text of the screen in one language."""

    # page
    title: str
    tagline: str
    edition: str
    language: str
    view: str
    view_map: str
    view_national: str
    view_method: str
    filters: str

    # map head
    map_title: str
    map_subtitle: str
    go_to: str
    choose: str
    national_more_one: str
    national_more: str

    # filters
    markets: str
    markets_all: str
    markets_some: str
    actors: str
    actors_all: str
    basis: str
    basis_named: str
    basis_located: str
    basis_border: str
    basis_area: str
    basis_national: str
    layers: str
    layer_regions: str
    layer_corridors: str
    layer_routes: str
    layer_sites: str
    layer_rivers: str
    layer_tripoints: str
    clear: str
    group_people: str
    group_trade: str
    group_environment: str
    group_drugs: str
    group_cyber: str
    group_financial: str
    group_actors: str
    group_governance: str
    group_justice: str
    group_economy: str
    group_society: str
    no_market: str

    # statements
    hedge_stated: str
    hedge_reported: str
    hedge_estimated: str
    hedge_alleged: str
    hedge_potential: str
    locator: str
    badge_named: str
    badge_located: str
    badge_border: str
    badge_area: str
    badge_national: str
    of_group: str
    also_in: str
    actors_are: str
    sentence_card: str
    precision_is: str
    open_source: str
    precision_1: str
    precision_2: str
    precision_3: str
    precision_4: str
    precision_5: str
    precision_6: str
    precision_7: str

    # ladder
    ladder_named: str
    ladder_located: str
    ladder_border: str
    ladder_area: str
    ladder_national: str
    ladder: str

    # panel
    kicker_region: str
    kicker_region_borders: str
    kicker_corridor: str
    kicker_site: str
    kicker_route: str
    kicker_macro_region: str
    kicker_road: str
    kicker_river_system: str
    kicker_tripoint: str
    kicker_country: str
    kicker_world_area: str
    kicker_borders: str
    kicker_coast: str
    region_code: str
    area_is: str
    close: str
    routes_touch: str
    route_ends: str
    route_no_line: str
    route_steps: str
    role_origin: str
    role_via: str
    role_destination: str
    mode_road: str
    mode_river: str
    mode_air: str
    mode_sea: str
    mode_unspecified: str
    wider: str
    neighbours: str
    regions_of: str
    members_of: str
    national_said: str
    share: str
    share_link: str
    download: str

    # sums
    sum_named: str
    sum_located: str
    sum_also_located: str
    sum_not_named: str
    sum_border: str
    sum_area: str
    sum_blank: str
    sum_corridor: str
    sum_corridor_blank: str
    sum_place: str
    sum_place_blank: str
    sum_about: str
    sum_but: str
    hidden_one: str
    hidden: str
    hidden_all: str
    phrase_border: str
    phrase_amazon: str
    phrase_north: str
    phrase_borders: str
    phrase_amazon_rivers: str
    phrase_panamericana_sur: str
    statements_one: str
    statements: str

    # tooltips and map
    tip_tint_one: str
    tip_tint: str
    tip_not_named: str
    map_flows: str
    tip_blank: str
    tip_filtered: str
    tip_border: str
    tip_area: str
    tip_corridor_one: str
    tip_corridor: str
    tip_route: str
    tip_site: str
    tip_tripoint: str
    read: str
    hint: str
    zoom_in: str
    zoom_out: str
    home: str
    attribution: str
    map_word: str
    legend_title: str
    legend_open: str
    legend_border: str
    legend_area: str
    legend_blank: str
    legend_filtered: str
    legend_schematic: str
    legend_hollow: str
    legend_corridor: str
    legend_site: str
    legend_rough: str
    legend_tripoint: str

    # first view
    start_kicker: str
    start_title: str
    start_text: str
    start_sentences: str
    start_statements: str
    start_national: str
    start_most: str
    start_most_note: str
    start_read: str
    start_named: str
    start_located: str
    start_border: str
    start_area: str
    start_national_read: str
    start_blank: str

    # national view
    national_title: str
    national_text: str
    national_empty: str

    # notices
    notice_version: str
    notice_dropped: str
    dismiss: str
    nothing_shown: str
    view_actors: str
    view_resilience: str

    # faults
    fault_title: str
    fault_text: str
