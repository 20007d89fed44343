#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define PI 3.141592653589793
#define SOLAR_MASS (4.0 * PI * PI)
#define DAYS 365.24

typedef struct { double x, y, z; } vec3;
typedef struct { vec3 at, speed; double mass; } body;

static body make(vec3 at, vec3 speed, double mass) {
    vec3 a_year = {speed.x * DAYS, speed.y * DAYS, speed.z * DAYS};
    return (body){at, a_year, mass * SOLAR_MASS};
}

static body *planets(void) {
    vec3 none = {0.0, 0.0, 0.0};
    body *b = malloc(5 * sizeof *b);
    b[0] = make(none, none, 1.0);
    b[1] = make((vec3){4.84143144246472090e+00, -1.16032004402742839e+00, -1.03622044471123109e-01},
                (vec3){1.66007664274403694e-03, 7.69901118419740425e-03, -6.90460016972063023e-05},
                9.54791938424326609e-04);
    b[2] = make((vec3){8.34336671824457987e+00, 4.12479856412430479e+00, -4.03523417114321381e-01},
                (vec3){-2.76742510726411270e-03, 4.99852801234917238e-03, 2.30417297573763929e-05},
                2.85885980666130812e-04);
    b[3] = make((vec3){1.28943695621391310e+01, -1.51111514016986312e+01, -2.23307578892655734e-01},
                (vec3){2.96460137564761618e-03, 2.37847173959480950e-03, -2.96589568540237556e-05},
                4.36624404335156298e-05);
    b[4] = make((vec3){1.53796971148509165e+01, -2.59193146099879641e+01, 1.79258772950371181e-01},
                (vec3){2.68067772490389322e-03, 1.62824170038242295e-03, -9.51592254519715870e-05},
                5.15138902046611451e-05);
    return b;
}

static void stop_drift(body *b, long n) {
    double x = 0.0, y = 0.0, z = 0.0;
    for (long i = 0; i < n; i++) {
        x += b[i].speed.x * b[i].mass;
        y += b[i].speed.y * b[i].mass;
        z += b[i].speed.z * b[i].mass;
    }
    b[0].speed = (vec3){-x / SOLAR_MASS, -y / SOLAR_MASS, -z / SOLAR_MASS};
}

static void advance(body *bodies, long n, double time) {
    for (long i = 0; i < n; i++) {
        for (long j = i + 1; j < n; j++) {
            body *a = &bodies[i], *b = &bodies[j];
            double dx = a->at.x - b->at.x, dy = a->at.y - b->at.y, dz = a->at.z - b->at.z;
            double distance = dx * dx + dy * dy + dz * dz;
            double force = time / (distance * sqrt(distance));
            a->speed.x -= dx * b->mass * force;
            a->speed.y -= dy * b->mass * force;
            a->speed.z -= dz * b->mass * force;
            b->speed.x += dx * a->mass * force;
            b->speed.y += dy * a->mass * force;
            b->speed.z += dz * a->mass * force;
        }
    }
    for (long i = 0; i < n; i++) {
        bodies[i].at.x += time * bodies[i].speed.x;
        bodies[i].at.y += time * bodies[i].speed.y;
        bodies[i].at.z += time * bodies[i].speed.z;
    }
}

static double energy(const body *b, long n) {
    double total = 0.0;
    for (long i = 0; i < n; i++) {
        vec3 s = b[i].speed;
        total += 0.5 * b[i].mass * (s.x * s.x + s.y * s.y + s.z * s.z);
        for (long j = i + 1; j < n; j++) {
            double dx = b[i].at.x - b[j].at.x, dy = b[i].at.y - b[j].at.y, dz = b[i].at.z - b[j].at.z;
            total -= b[i].mass * b[j].mass / sqrt(dx * dx + dy * dy + dz * dz);
        }
    }
    return total;
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 5000000;
    body *bodies = planets();
    stop_drift(bodies, 5);
    double before = energy(bodies, 5);
    for (long i = 0; i < n; i++) advance(bodies, 5, 0.01);
    printf("%ld %ld\n", (long)(before * 1e9), (long)(energy(bodies, 5) * 1e9));
    return 0;
}
