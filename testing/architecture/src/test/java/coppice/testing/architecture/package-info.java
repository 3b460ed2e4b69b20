/// The house rules as tests: read [coppice.testing.architecture.Rules] for what may depend on what, and
/// [coppice.testing.architecture.Tidiness] for how the sources look. Each rule is also shown to fail on a made-up
/// sinner.
package coppice.testing.architecture;
