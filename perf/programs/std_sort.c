/* C sorts by the plain quicksort of the other program. */
#include "quicksort.c"
