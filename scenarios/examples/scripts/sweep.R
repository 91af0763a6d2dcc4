# How many places in a detention house keep people off the floor, as more people are sentenced?
#   Rscript sweep.R SCENARIO, for which there is scenarios/examples/first.yaml
# writes the design floor.yaml, the sweep's parts in floor/, all of them as floor.h5, and the picture floor.pdf.
library(ncdf4)

writeLines(c(paste("scenario:", commandArgs(TRUE)[1]), "replications: 40", "factors:",
    "  - {name: sentenced, path: 'intake[short].rate', to: 2.4 / d..3 / d, levels: 7}",
    "  - {name: places, path: 'facilities[Canal house].capacity', to: 0..90, step: 30}"), "floor.yaml")
stopifnot(system("doorstroom sweep floor.yaml -o floor && doorstroom merge floor -o floor.h5 -f") == 0)

swept <- sapply(c("sentenced", "places", "floor_sleepers"), ncvar_get, nc = nc_open("floor.h5"))
last <- swept$floor_sleepers[dim(swept$floor_sleepers)[1], , ] # of year, replication, point: R has them in reverse
mean <- tapply(colMeans(last), swept[c("sentenced", "places")], c)
bar <- 2 * tapply(apply(last, 2, sd) / sqrt(nrow(last)), swept[c("sentenced", "places")], c)
print(round(mean, 3))
pdf("floor.pdf", width = 8, height = 6)
matplot(rownames(mean), mean, type = "l", lty = 1, las = 1, main = "Mean of the last year, +- 2 standard errors",
    xlab = "people sentenced (persons a day)", ylab = "people on the floor (persons)", ylim = c(0, max(mean + bar)))
segments(as.numeric(rownames(mean)), mean - bar, y1 = mean + bar, col = col(mean))
legend("topleft", colnames(mean), title = "places in the house", col = 1:ncol(mean), lty = 1, bty = "n", inset = 0.02)
