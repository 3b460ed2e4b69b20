package coppice.bench;

/// The program of a child process: measures one thing on one store, and prints what it found for the parent.
public final class Child {
    private Child() {}

    /// Carries out one trial.
    ///
    /// @param words a [Trial]'s words
    public static void main(String[] words) throws Exception {
        Trial trial = Trial.parse(words);
        var meter = new Meter(trial.quietSeconds());
        switch (trial.task()) {
            case LOAD -> new Writing(trial, meter).load();
            case BATCH -> new Writing(trial, meter).batches();
            case PUT_1 -> new Writing(trial, meter).puts(1, Thread.ofPlatform().factory(), Metric.PUT_1);
            case PUT_8 -> new Writing(trial, meter).puts(8, Thread.ofPlatform().factory(), Metric.PUT_8);
            case PUT_8_VIRTUAL ->
                new Writing(trial, meter).puts(8, Thread.ofVirtual().factory(), Metric.PUT_8_VIRTUAL);
            case UPDATE -> new Writing(trial, meter).updates();
            case READ -> new Reading(trial, meter).points();
            case SCAN -> new Reading(trial, meter).scans();
            case FILL -> new Opening(trial, meter).fill();
            case REOPEN -> new Opening(trial, meter).reopen();
            case WRITE_UNTIL_KILLED -> new Opening(trial, meter).writeUntilKilled();
            case REOPEN_KILLED -> new Opening(trial, meter).reopenKilled();
            case DISK -> new Footprint(trial, meter).disk();
            case HEAP -> new Footprint(trial, meter).heap();
            case COMMIT -> new Committing(trial, meter).run();
            case BRANCH -> new Branching(trial, meter).run();
            case MERGE -> new Merging(trial, meter).run();
            case INSPECT -> new Inspecting(trial, meter).run();
            case EXCHANGE -> new Exchanging(trial, meter).run();
            case COLLECT -> new Collecting(trial, meter).besideAWriter();
            case COLLECT_HEAP -> new Collecting(trial, meter).heap();
            case CHECK -> new Checking(trial, meter).run();
            case INDEX_WRITE -> new IndexWriting(trial, meter).run();
            case INDEX_BUILD -> new Indexing(trial, meter).build();
            case INDEX_SMALL_HEAP -> new Indexing(trial, meter).smallHeap();
            case INDEX_READ -> new IndexReading(trial, meter).run();
            case INDEX_ADVANCE -> new Advancing(trial, meter).run();
            case INDEX_SWITCH -> new Switching(trial, meter).run();
            case GROUP -> new Grouping(trial, meter).run();
            case WATCH -> new Watching(trial, meter).run();
            case DICT -> new Dicts(trial, meter).run();
            case QUEUE -> new Queues(trial, meter).run();
            case WAKE -> new Waking(trial, meter).run();
            case WAITERS -> new Waiters(trial, meter).run();
            case LIST -> new Lists(trial, meter).run();
            case BLOB -> new Streaming(trial, meter).run();
            case TEXT -> new Matching(trial, meter).run();
            case FIND -> new Finding(trial, meter).run();
            case NEAR -> new Scanning(trial, meter).usual();
            case NARROW -> new Scanning(trial, meter).narrow();
            case GRAPH -> new GraphSearching(trial, meter).run();
            case SEARCH_VERSIONS -> new SearchingVersions(trial, meter).run();
            case SMALL_HEAP -> new Footprint(trial, meter).smallHeap();
        }
        System.exit(0); // some stores leave threads behind
    }
}
