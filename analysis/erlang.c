#include "erlang.h"

#include <math.h>

double
erlang_refused(int places, double load)
{
    double refused = 1;

    for (int n = 1; n <= places; n++)
        refused = load * refused / (n + load * refused);
    return refused;
}

double
erlang_lived_in(double stay, double gap)
{
    return stay + gap > 0 ? stay / (stay + gap) : (double)NAN;
}
