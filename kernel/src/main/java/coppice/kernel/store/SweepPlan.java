package coppice.kernel.store;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Which packs a sweep rewrites, and which of them together.
///
/// @param packBytes how long packs become
/// @param wasteLimit the share of a pack that has to be won by rewriting it
record SweepPlan(long packBytes, double wasteLimit) {
    /// What a step writes may take this share of what is live, on top of it...
    private static final int STEP_SHARE = 8;

    /// ...but always this share of a pack.
    private static final int SMALLEST_SHARE = 8;

    /// Packs in which nothing is live, which cost nothing and give most back, then the others in the order of their
    /// age, cut into steps.
    List<List<Candidate>> steps(List<Candidate> candidates, Successions versions) {
        long live = candidates.stream().mapToLong(Candidate::liveBytes).sum();
        long stepBytes = Math.clamp(live / STEP_SHARE, packBytes / SMALLEST_SHARE, packBytes);
        List<Candidate> chosen = new ArrayList<>(chosen(candidates, versions));
        List<Candidate> dead =
                chosen.stream().filter(candidate -> candidate.liveChunks() == 0).toList();
        chosen.removeAll(dead);
        List<List<Candidate>> steps = new ArrayList<>();
        if (!dead.isEmpty()) {
            steps.add(dead);
        }
        List<Candidate> step = new ArrayList<>();
        long bytes = 0;
        long chunks = 0;
        for (Candidate next : chosen) {
            if (!step.isEmpty()
                    && (bytes + next.expectedBytes() > stepBytes || chunks + next.count() > Sweep.STEP_CHUNKS)) {
                steps.add(step);
                step = new ArrayList<>();
                bytes = 0;
                chunks = 0;
            }
            step.add(next);
            bytes += next.expectedBytes();
            chunks += next.count();
        }
        if (!step.isEmpty()) {
            steps.add(step);
        }
        return steps;
    }

    /// Those with enough waste, and small ones when they are many. What is won by putting versions together needs the
    /// packs of both, so leaving some out may make others not worth it.
    private List<Candidate> chosen(List<Candidate> candidates, Successions versions) {
        List<Candidate> chosen = candidates;
        int before;
        do {
            before = chosen.size();
            versions.measure(chosen);
            chosen = worthIt(chosen);
        } while (chosen.size() < before);
        List<Candidate> sorted = new ArrayList<>(chosen);
        sorted.sort(Comparator.comparingInt(Candidate::generation)
                .reversed()
                .thenComparingLong(candidate -> candidate.pack().id()));
        return sorted;
    }

    private List<Candidate> worthIt(List<Candidate> candidates) {
        List<Candidate> worth = new ArrayList<>();
        List<Candidate> small = new ArrayList<>();
        for (Candidate candidate : candidates) {
            if (candidate.waste() >= wasteLimit) {
                worth.add(candidate);
            } else if (candidate.pack().length() < packBytes / PackMerge.FACTOR) {
                small.add(candidate);
            }
        }
        if (small.size() + worth.size() >= PackMerge.FACTOR) {
            worth.addAll(small);
        }
        return worth;
    }
}
