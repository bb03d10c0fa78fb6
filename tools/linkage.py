"""Link the records of a list with Splink, for `himaya bench names` to stand beside.

    python tools/linkage.py records.csv pairs.csv

Runs with a Python that has requirements-bench.lock, not with that of the system. records.csv:
unique_id, name, given, family, document, birth, phone. pairs.csv: the two ids, and how probable
it is that they are one person.
"""

import sys
from pathlib import Path

import splink.comparison_library as compare
from splink import Linker, SettingsCreator, block_on
from splink.backends.duckdb import DuckDBAPI

PROBABLE = 0.5  # pairs below are not written
BLOCKS = ("document", "birth", "phone", "name", "given, family")


def linked(records: Path, pairs: Path) -> None:
    """Write the probable pairs of a list."""
    database = DuckDBAPI()
    settings = SettingsCreator(
        link_type="dedupe_only",
        comparisons=[
            compare.JaroWinklerAtThresholds("name", [0.95, 0.88, 0.8]).configure(
                term_frequency_adjustments=True
            ),
            compare.DamerauLevenshteinAtThresholds("document", [1]),
            compare.DamerauLevenshteinAtThresholds("birth", [1, 2]),
            compare.ExactMatch("phone"),
        ],
        blocking_rules_to_generate_predictions=[block_on(*each.split(", ")) for each in BLOCKS],
    )
    database.duckdb_con.read_csv(str(records), all_varchar=True).create("records")
    linker = Linker(database.register("records"), settings, log_level=None)
    training = linker.training
    training.estimate_probability_two_random_records_match(
        [block_on("document"), block_on("name", "birth")], recall=0.6
    )
    training.estimate_u_using_random_sampling(max_pairs=2e6, seed=7)
    for rule in (block_on("birth"), block_on("document")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    found = linker.inference.predict(threshold_match_probability=PROBABLE)
    columns = ("unique_id_l", "unique_id_r", "match_probability")
    database.duckdb_con.table(found.physical_name).select(*columns).write_csv(str(pairs))


if __name__ == "__main__":
    linked(Path(sys.argv[1]), Path(sys.argv[2]))
