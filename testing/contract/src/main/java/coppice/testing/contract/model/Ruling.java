package coppice.testing.contract.model;

import static org.assertj.core.api.Assertions.assertThat;

import coppice.api.MergeRule;
import coppice.testing.contract.model.Clash.Decider;
import java.util.List;
import java.util.Optional;

/// Decides what clashes: by the last rule of a database that fits, then by whoever merges.
record Ruling(List<Rule> rules, Decider rest, boolean isBetweenBases) implements Decider {
    /// A rule.
    ///
    /// @param spaces the name of a space, or the beginning of some and `*`; so for keys
    record Rule(String spaces, String keys, Policy policy) {
        boolean fits(Row row) {
            return fits(spaces, row.space()) && fits(keys, row.key());
        }

        private static boolean fits(String glob, String text) {
            return glob.endsWith("*") ? text.startsWith(glob.substring(0, glob.length() - 1)) : text.equals(glob);
        }

        MergeRule real() {
            return MergeRule.of(spaces, keys, policy.real());
        }
    }

    /// By the rules that a database has now.
    static Ruling of(PlainDatabase plain, Decider rest) {
        return new Ruling(plain.rules, rest, false);
    }

    Ruling betweenBases() {
        return new Ruling(rules, Decision.NONE, true);
    }

    @Override
    public Optional<Optional<String>> decide(Clash clash) {
        Policy policy = rules.reversed().stream()
                .filter(rule -> rule.fits(clash.row()))
                .map(Rule::policy)
                .findFirst()
                .orElse(Policy.FIELDS);
        Optional<Optional<String>> decided = isBetweenBases ? policy.decideBetweenBases(clash) : policy.decide(clash);
        return decided.isPresent() ? decided : rest.decide(clash);
    }

    /// Gives a database these rules in place of those that it has.
    record SetRules(int site, List<Rule> rules) implements Command {
        @Override
        public void run(World world, Running running) {
            List<MergeRule> real = rules.stream().map(Rule::real).toList();
            running.db(site).mergePolicies().replace(real);
            assertThat(running.db(site).mergePolicies().rules()).isEqualTo(real);
            world.site(site).rules = rules;
        }
    }
}
