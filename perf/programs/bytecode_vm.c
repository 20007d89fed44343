#include <stdio.h>
#include <stdlib.h>

enum tag { PUSH, LOAD, STORE, ADD, MUL, MASK, SUB, JUMP_IF_ZERO, JUMP, HALT };

struct instruction {
    enum tag tag;
    long operand;
};

static long run(const struct instruction *code) {
    long stack[64], places[4] = {0}, top = 0, at = 0;
    for (;;) {
        struct instruction i = code[at++];
        switch (i.tag) {
        case PUSH: stack[top++] = i.operand; break;
        case LOAD: stack[top++] = places[i.operand]; break;
        case STORE: places[i.operand] = stack[--top]; break;
        case ADD: top--; stack[top - 1] += stack[top]; break;
        case MUL: top--; stack[top - 1] *= stack[top]; break;
        case MASK: stack[top - 1] &= 0xFFFFFF; break;
        case SUB: top--; stack[top - 1] -= stack[top]; break;
        case JUMP_IF_ZERO: if (stack[--top] == 0) at = i.operand; break;
        case JUMP: at = i.operand; break;
        case HALT: return places[1];
        }
    }
}

int main(int argc, char **argv) {
    long n = argc > 1 ? atol(argv[1]) : 20000000;
    struct instruction code[] = {
        {PUSH, n},  {STORE, 0}, {PUSH, 1}, {STORE, 1}, {LOAD, 0}, {JUMP_IF_ZERO, 19}, {LOAD, 1},
        {PUSH, 31}, {MUL, 0},   {LOAD, 0}, {ADD, 0},   {MASK, 0}, {STORE, 1},         {LOAD, 0},
        {PUSH, 1},  {SUB, 0},   {STORE, 0}, {JUMP, 4}, {HALT, 0}, {HALT, 0},
    };
    printf("%ld\n", run(code));
    return 0;
}
