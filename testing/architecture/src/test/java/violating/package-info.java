/// Sinners: each class breaks some of the house rules, to show that the rules notice.
package violating;
