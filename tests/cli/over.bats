# --over on the command line: several overlays of one scenario laid over it are the same as one that has all their lines,
# wherever they lie; and the result keeps which they were.
load support
scenario=tests/data/models/small.yaml

setup_file() {
    mkdir "$work/base" "$work/over"
    cp $scenario "$work/base/small.yaml"
    printf 'extends: ../base/small.yaml\nname: More\ndrop: "measures[dated]"\nset: {csv: more.csv}\n' >"$work/over/more.yaml"
    printf 'path,value\nfacilities[Arrest].capacity,130\n' >"$work/over/more.csv"
    printf 'extends: ../base/small.yaml\nname: House\nadd: {facilities: {name: New, kind: detention_house, region: south, capacity: 20}}\n' \
        >"$work/over/house.yaml"
    { printf 'extends: small.yaml\nname: All\ndrop: "measures[dated]"\nset: {"facilities[Arrest].capacity": 130}\n'
      printf 'add: {facilities: {name: New, kind: detention_house, region: south, capacity: 20}}\n'; } >"$work/base/all.yaml"
    "$program" run "$work/base/all.yaml" -r 2 -q -o "$work/all.h5"
    "$program" run "$work/base/small.yaml" --over "$work/over/more.yaml" --over "$work/over/house.yaml" -r 2 -q -o "$work/over.h5"
}

@test "overlays laid over one another are as one with all their lines" {
    says 0 '^identical: .* made from other inputs' same "$work/all.h5" "$work/over.h5"
    "$program" run $scenario -r 2 -q -o "$work/base.h5"
    says 1 '^different' same "$work/all.h5" "$work/base.h5"
}

@test "several give a run all their names" {
    says 0 'More + House' "$program" show "$work/over.h5"
}

@test "a run is repeated from what the result keeps, and has the same id" {
    command=$("$program" provenance "$work/over.h5" --export "$work/out")
    [[ $command == *"--over '$work/out/over/more.yaml' --over '$work/out/over/house.yaml'"* ]]
    eval "${command/doorstroom/\"$program\"} -q -o '$work/again.h5'"
    [ "$(id "$work/over.h5")" = "$(id "$work/again.h5")" ]
}

@test "from another folder it is the same run" {
    cd "$work/over"
    "$program" run ../base/small.yaml --over more.yaml --over "$work/over/house.yaml" -r 2 -q -o there.h5
    [ "$(id "$work/over.h5")" = "$(id there.h5)" ]
}

@test "other overlays are another run" {
    "$program" run "$work/base/small.yaml" --over "$work/over/more.yaml" -r 2 -q -o "$work/one.h5"
    says 3 'is the result of another run' "$program" run "$work/base/small.yaml" --resume --over "$work/over/house.yaml" -r 2 -o "$work/one.h5"
}

@test "an overlay of another scenario is refused where it says so" {
    says 2 'more.yaml:1:10: error: extends: expected the file tests/data/models/small.yaml' \
        "$program" check $scenario --over "$work/over/more.yaml"
}

@test "an overlay twice is refused" {
    says 2 'more.yaml: error: it lies over .* already' \
        "$program" check "$work/base/small.yaml" --over "$work/over/more.yaml" --over "$work/over/../over/more.yaml"
}

@test "trace takes overlays" {
    says 0 'New' "$program" trace "$work/base/small.yaml" New --over "$work/over/house.yaml"
}

@test "what an overlay names lies beside it or one folder above" {
    mkdir -p "$work/far/away/over"
    printf 'extends: ../../../base/small.yaml\nset: {csv: ../../more.csv}\n' >"$work/far/away/over/x.yaml"
    cp "$work/over/more.csv" "$work/far/more.csv"
    says 2 "x.yaml:2:.*lies outside the scenario's folder" "$program" check --quick "$work/base/small.yaml" --over "$work/far/away/over/x.yaml"
    says 0 730 "$program" check --quick --allow-outside "$work/base/small.yaml" --over "$work/far/away/over/x.yaml"
}
