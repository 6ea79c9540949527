"""`python -m partisipasi.trial run HOST PORT` and `python -m partisipasi.trial environment FILE`, for the Makefile."""

import sys

from partisipasi.trial.run import prepare_environment, run

if __name__ == "__main__":
    match sys.argv[1:]:
        case ["run", host, port]:
            sys.exit(run(host, port))
        case ["environment", requirements]:
            sys.exit(prepare_environment(requirements))
        case _:
            sys.exit(__doc__)
