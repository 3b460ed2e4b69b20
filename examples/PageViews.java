import coppice.api.Branch;
import coppice.api.Coppice;
import coppice.api.Database;
import coppice.api.Merge;
import coppice.api.structure.Sketch;
import coppice.api.structure.SketchOptions;
import coppice.api.structure.SketchQuestion;
import java.util.SplittableRandom;

/// Two servers that count views of pages, each on a branch of its own, and are merged: how many visitors there
/// were, which pages are viewed most, how long they take. None of the views is kept.
///
/// Run it with the engine on the class path: `java -cp ... examples/PageViews.java DIRECTORY`. `DIRECTORY` is
/// made.
public final class PageViews {
    private static final int VIEWS = 5_000;
    private static final SketchOptions PAGES = SketchOptions.of(SketchQuestion.FREQUENCY);
    private static final SketchOptions VISITORS = SketchOptions.of(SketchQuestion.DISTINCT);
    private static final SketchOptions MILLIS = SketchOptions.of(SketchQuestion.QUANTILES);

    private PageViews() {}

    public static void main(String[] arguments) {
        try (Database db = Coppice.open(arguments[0])) {
            db.space("servers").put("count", "2");
            db.commit("Two servers");
            for (int server = 1; server <= 2; server++) {
                Branch branch = db.branch("server-" + server, db.head());
                serve(branch, new SplittableRandom(server));
                branch.commit("Views of server " + server);
            }
            db.merge("server-1", Merge.into("main"));
            db.merge("server-2", Merge.into("main"));
            report(db);
        }
    }

    private static void serve(Branch branch, SplittableRandom random) {
        branch.run(tx -> { // one transaction: a row of a sketch is kept once
            Sketch<String> pages = tx.sketch("pages", String.class, PAGES);
            Sketch<Integer> visitors = tx.sketch("visitors", Integer.class, VISITORS);
            Sketch<Double> millis = tx.sketch("millis", Double.class, MILLIS);
            for (int i = 0; i < VIEWS; i++) {
                visitors.add(random.nextInt(1_000)); // many come to both servers
                pages.add("/page/" + (int) Math.exp(random.nextDouble(5)));
                millis.add(5 + Math.pow(random.nextDouble(), 8) * 500);
            }
        });
    }

    private static void report(Database db) {
        Sketch<String> pages = db.sketch("pages", String.class);
        System.out.println(pages.count() + " views");
        long visitors = db.sketch("visitors", Integer.class).distinct().value();
        System.out.println("about " + Math.round(visitors / 100.0) * 100 + " visitors");
        pages.top(3).values().forEach(page -> System.out.println(page.value()));
        Sketch<Double> millis = db.sketch("millis", Double.class);
        System.out.println("half of them within " + Math.round(millis.quantile(0.5).orElseThrow()) + " ms");
    }
}
