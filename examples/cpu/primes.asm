# How many primes there are below 2000, and their sum modulo 2^32, by the sieve of Eratosthenes.
        addi r1, r0, 2000
        addi r2, r0, 2          # the number looked at
        addi r9, r0, 1
next:   lw   r3, 0(r2)          # crossed out?
        bne  r3, r0, step
        addi r8, r8, 1
        jal  cross
step:   addi r2, r2, 1
        bne  r2, r1, next
        out  r8
        out  r7
        halt

cross:  add  r7, r7, r2
        add  r4, r2, r2
again:  slt  r5, r4, r1
        beq  r5, r0, done
        sw   r9, 0(r4)
        add  r4, r4, r2
        jmp  again
done:   ret
