#!/usr/bin/env bash
# usage: memory.sh [WORDS]
# Peak memory of a build, in MB, on one article of WORDS words (default 100000) and on a hundred articles
# of a hundredth of it, at 2 jobs, with the default voice. Needs GNU time.
set -euo pipefail
words=${1:-100000}
aloud=$(cd "$(dirname "$0")/../.." && pwd)/target/release/aloud
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 - "$folder" "$words" <<'PY'
import pathlib, sys
folder, words = pathlib.Path(sys.argv[1]), int(sys.argv[2])
sentence = "On the {}th day the harbour was quiet, and the {} boats that lay there did not move at all. "
def article(n, seed):
    out, count, i = [], 0, seed
    while count < n:
        text = sentence.format(i % 90 + 4, i % 700 + 2) + ("\n\n" if i % 5 == 0 else "")
        out.append(text); count += len(text.split()); i += 1
    return "".join(out)
(folder / "one").mkdir(); (folder / "many").mkdir()
(folder / "one" / "long.txt").write_text(article(words, 0))
for i in range(100):
    (folder / "many" / f"{i:03}.txt").write_text(article(words // 100, i * 31))
PY
for input in one many; do
  /usr/bin/time -f "%M %e" -o "$folder/time" "$aloud" build "$folder/$input" -o "$folder/out-$input" --jobs 2 --quiet
  read -r kilobytes seconds <"$folder/time"
  echo "$input: $words words in all, peak memory $((kilobytes / 1024)) MB, $seconds s"
done
