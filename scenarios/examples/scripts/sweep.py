# How many places in a detention house keep people off the floor, as more people are sentenced?
#   python3 sweep.py SCENARIO, for which there is scenarios/examples/first.yaml
# writes the design floor.yaml, the sweep's parts in floor/, all of them as floor.h5, and the picture floor.png.
import subprocess
import sys
import xarray

with open("floor.yaml", "w") as design:
    print(f"scenario: {sys.argv[1]}\nreplications: 40\nfactors:", file=design)
    print("  - {name: sentenced, path: 'intake[short].rate', to: 2.4 / d..3 / d, levels: 7}", file=design)
    print("  - {name: places, path: 'facilities[Canal house].capacity', to: 0..90, step: 30}", file=design)
subprocess.run("doorstroom sweep floor.yaml -o floor && doorstroom merge floor -o floor.h5 -f", shell=True, check=True)

floor = xarray.open_dataset("floor.h5").floor_sleepers.isel(year=-1).to_dataframe()  # a row: a point's replication
floor = floor.astype({"places": int, "floor_sleepers": float}).groupby(["sentenced", "places"]).floor_sleepers
mean, error = floor.mean().unstack(), floor.sem().unstack()
print(mean.round(3))
axes = mean.plot(yerr=2 * error, xlabel="people sentenced (persons a day)", ylabel="people on the floor (persons)")
axes.set_title("Mean of the last year, ± 2 standard errors")
axes.legend(title="places in the house").figure.savefig("floor.png", dpi=150)
