#include "bars.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>
#include <unistr.h>

/* Pixels. Letters are taken to be as wide as those of DejaVu Sans, the widest that is usual. */
enum {
    WIDTH = 800,
    MARGIN = 16,
    PLOT_LEFT = 316,
    PLOT_RIGHT = 700,
    SERIES_TOP = 66, /* the first line that says what a colour is */
    BAR = 10,
    ROW_GAP = 8,
    LINE = 15
};

/* Characters that fit. */
enum { TITLE = 76, SUBTITLE = 100, LABEL = 40 };

/* An end so near to a mark lies on it. */
#define ROUNDING 1e-9

static const char *const colour[BARS_MOST_SERIES] = {"#0072b2", "#e69f00"};

/* The axis: what lies at both ends, and how far its marks are apart. */
struct scale {
    double low, high, step;
};

/* Where the rows begin. */
static double
head_of(const struct bars *bars)
{
    return SERIES_TOP + LINE * (double)bars->series + 22;
}

static double
place_on(const struct scale *scale, double value)
{
    return PLOT_LEFT + (PLOT_RIGHT - PLOT_LEFT) * (value - scale->low) / (scale->high - scale->low);
}

static void
hold(struct scale *scale, double value)
{
    if (isfinite(value)) {
        scale->low = fmin(scale->low, value);
        scale->high = fmax(scale->high, value);
    }
}

/* 1, 2 or 5 times a power of ten, so that there are five to ten marks; ends on marks. */
static struct scale
make_scale(const struct bars *bars, size_t rows)
{
    struct scale scale = {0, 0, 1};

    hold(&scale, bars->low);
    hold(&scale, bars->high);
    for (size_t i = 0; i < rows * bars->series; i++) {
        const struct interval *of = &bars->row[i / bars->series].of[i % bars->series];
        hold(&scale, of->value);
        hold(&scale, of->low);
        hold(&scale, of->high);
    }
    if (!(scale.low < scale.high))
        return (struct scale){0, 1, 0.2};
    double rough = (scale.high - scale.low) / 4, power = pow(10, floor(log10(rough)));
    scale.step = power * (rough >= 5 * power ? 5 : rough >= 2 * power ? 2 : 1);
    scale.low = scale.step * floor(scale.low / scale.step + ROUNDING);
    scale.high = scale.step * ceil(scale.high / scale.step - ROUNDING);
    return scale;
}

static void
put_bytes(FILE *to, const char *text, size_t size)
{
    static const char *const written[] = {
        ['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;"};

    for (size_t i = 0; i < size; i++) {
        unsigned char c = (unsigned char)text[i];
        const char *as = c < sizeof written / sizeof *written ? written[c] : NULL;
        if (as != NULL)
            fputs(as, to);
        else
            fputc(c, to);
    }
}

/* Where in TEXT, of characters before it, COUNT are over. */
static size_t
bytes_of(const char *text, size_t count)
{
    const uint8_t *at = (const uint8_t *)text;

    for (int bytes; count > 0 && (bytes = u8_strmblen(at)) > 0; count--)
        at += bytes;
    return (size_t)(at - (const uint8_t *)text);
}

/* TEXT in at most MOST characters: of a longer one both ends, since paths differ at either. */
static void
put_text(FILE *to, const char *text, size_t most)
{
    size_t characters = u8_mbsnlen((const uint8_t *)text, strlen(text));
    size_t last = (most - 2) * 2 / 5;

    if (characters <= most) {
        put_bytes(to, text, strlen(text));
        return;
    }
    put_bytes(to, text, bytes_of(text, most - 2 - last));
    fputs("..", to);
    text += bytes_of(text, characters - last);
    put_bytes(to, text, strlen(text));
}

static void
put_line(FILE *to, double x, double y, const char *attributes, const char *text, size_t most)
{
    fprintf(to, "<text x=\"%.1f\" y=\"%.1f\"%s>", x, y, attributes);
    put_text(to, text, most);
    fputs("</text>\n", to);
}

/* What the picture is of, what its colours are, and what stands behind the rows. */
static void
put_head(FILE *to, const struct bars *bars)
{
    put_line(to, MARGIN, 26, " font-size=\"16\" font-weight=\"bold\"", bars->title, TITLE);
    put_line(to, MARGIN, 46, "", bars->subtitle, SUBTITLE);
    for (size_t s = 0; s < bars->series; s++) {
        double y = SERIES_TOP + LINE * (double)s;
        fprintf(to, "<rect x=\"%d\" y=\"%.1f\" width=\"12\" height=\"%d\" fill=\"%s\"/>\n", MARGIN,
                y - BAR, BAR, colour[s]);
        put_line(to, MARGIN + 17, y, "", bars->series_name[s], SUBTITLE);
    }
    put_line(to, WIDTH - MARGIN, head_of(bars) - 6, " text-anchor=\"end\"", bars->number_name,
             LABEL);
}

/* Marks with their numbers below, over ROWS_HEIGHT, and what they are. */
static void
put_axis(FILE *to, const struct bars *bars, const struct scale *scale, double rows_height)
{
    double top = head_of(bars), bottom = top + rows_height;
    int marks = (int)floor((scale->high - scale->low) / scale->step + 0.5);

    for (int i = 0; i <= marks; i++) {
        double value = scale->step * (round(scale->low / scale->step) + i);
        double x = place_on(scale, value);
        fprintf(to,
                "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>\n"
                "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.6g</text>\n",
                x, top - 4, x, bottom, fabs(value) > 0 ? "#dddddd" : "#444444", x, bottom + LINE,
                value + 0.0);
    }
    put_line(to, (PLOT_LEFT + PLOT_RIGHT) / 2.0, bottom + 2 * LINE + 3, " text-anchor=\"middle\"",
             bars->axis, SUBTITLE);
}

/* From 0 to the value, with the interval as a line with ends. */
static void
put_bar(FILE *to, const struct interval *of, const struct scale *scale, double y, const char *fill)
{
    if (!isfinite(of->value))
        return;
    double from = place_on(scale, 0), until = place_on(scale, of->value);
    fprintf(to, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>\n",
            fmin(from, until), y, fabs(until - from), BAR, fill);
    if (!isfinite(of->low) || !isfinite(of->high) || !(of->low < of->high))
        return;
    double low = place_on(scale, of->low), high = place_on(scale, of->high), middle = y + BAR / 2.0;
    fprintf(to,
            "<path d=\"M%.1f %.1fH%.1fM%.1f %.1fv6M%.1f %.1fv6\" stroke=\"#000000\" "
            "stroke-width=\"1.2\" fill=\"none\"/>\n",
            low, middle, high, low, middle - 3, high, middle - 3);
}

static void
put_row(FILE *to, const struct bars *bars, const struct scale *scale, size_t i, double y)
{
    const struct bars_row *row = &bars->row[i];
    double line = y + BAR * (double)bars->series / 2 + 4;

    fprintf(to, "<g><title>");
    put_bytes(to, row->label, strlen(row->label));
    fprintf(to, "</title>\n");
    put_line(to, PLOT_LEFT - 10, line, " text-anchor=\"end\"", row->label, LABEL);
    for (size_t s = 0; s < bars->series; s++)
        put_bar(to, &row->of[s], scale, y + BAR * (double)s, colour[s]);
    put_line(to, WIDTH - MARGIN, line, " text-anchor=\"end\"", row->number, LABEL);
    fprintf(to, "</g>\n");
}

void
bars_write(FILE *to, const struct bars *bars)
{
    size_t rows = bars->rows < BARS_MOST_ROWS ? bars->rows : BARS_MOST_ROWS;
    double row_height = BAR * (double)bars->series + ROW_GAP;
    double rows_height = row_height * (double)rows, top = head_of(bars);
    double y = top + rows_height + 3 * LINE + 12;
    bool cut = rows < bars->rows;
    struct scale scale = make_scale(bars, rows);
    assert(bars->series <= BARS_MOST_SERIES);

    fprintf(to,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%.0f\" "
            "viewBox=\"0 0 %d %.0f\" role=\"img\" font-family=\"DejaVu Sans, Verdana, sans-serif\" "
            "font-size=\"12\" fill=\"#222222\">\n<title>",
            WIDTH, y + LINE * (double)(bars->captions + cut), WIDTH,
            y + LINE * (double)(bars->captions + cut));
    put_bytes(to, bars->title, strlen(bars->title));
    fprintf(to, "</title>\n<rect width=\"100%%\" height=\"100%%\" fill=\"#ffffff\"/>\n");
    put_head(to, bars);
    put_axis(to, bars, &scale, rows_height);
    for (size_t i = 0; i < rows; i++)
        put_row(to, bars, &scale, i, top + row_height * (double)i);
    for (size_t i = 0; i < bars->captions; i++, y += LINE)
        put_line(to, MARGIN, y, " font-size=\"11\"", bars->caption[i], BARS_CAPTION);
    if (cut)
        fprintf(to, "<text x=\"%d\" y=\"%.1f\" font-size=\"11\">%zu more are left out.</text>\n",
                MARGIN, y, bars->rows - rows);
    fprintf(to, "</svg>\n");
}
