#include <stdio.h>
#include <stdlib.h>

typedef struct { float x, y, vx, vy; } particle;

static particle *scattered(long n) {
    long seed = 12345;
    particle *all = malloc(n * sizeof *all);
    for (long i = 0; i < n; i++) {
        seed = (seed * 1103515245 + 12345) % 2147483648;
        float x = (float)(seed % 1000);
        seed = (seed * 1103515245 + 12345) % 2147483648;
        float y = (float)(seed % 1000);
        all[i] = (particle){x, y, (float)(seed % 7) - 3.0f, 0.0f};
    }
    return all;
}

static void step(particle *all, long n, float time) {
    for (long i = 0; i < n; i++) {
        particle p = all[i];
        p.vy -= 9.81f * time;
        p.x += p.vx * time;
        p.y += p.vy * time;
        if (p.y < 0.0f) {
            p.y = -p.y;
            p.vy = p.vy * -0.5f;
        }
        if (p.x < 0.0f || p.x > 1000.0f) p.vx = -p.vx;
        all[i] = p;
    }
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 100000;
    particle *all = scattered(n);
    for (long i = 0; i < 3000; i++) step(all, n, 0.01f);
    long total = 0;
    for (long i = 0; i < n; i++) {
        total = (total * 31 + (long)(all[i].x * 16.0f) + (long)(all[i].y * 16.0f)) % 1000003;
    }
    printf("%ld\n", total);
    return 0;
}
