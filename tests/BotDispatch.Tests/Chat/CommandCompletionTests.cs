using BotDispatch.Chat;
using BotDispatch.Core;

namespace BotDispatch.Tests.Chat;

public sealed class CommandCompletionTests
{
    static readonly Ticket[] Tickets = [new("INC-1042", "Lift 2 is stuck"), new("OPS-7", "Backup of list server"), new("INC-1099", "Till\n4")];

    [Theory]
    [InlineData("can", "cancel")]
    [InlineData("STAT", "status")]
    [InlineData("inc", "INC-1042|INC-1099")]
    [InlineData("stuck", "INC-1042")]
    [InlineData("list", "list|OPS-7")]
    [InlineData("cancel ", "cancel INC-1042|cancel OPS-7|cancel INC-1099")]
    [InlineData("Cancel in", "cancel INC-1042|cancel INC-1099")]
    [InlineData("status ops", "status OPS-7")]
    [InlineData("nothing of the kind", "")]
    public void Goes_on_with_what_fits(string typed, string ways) =>
        string.Join('|', CommandCompletion.Suggest(typed, Tickets).Select(each => each.Text)).ShouldBe(ways);

    [Fact]
    public void Nothing_typed_shows_every_subcommand_first_and_no_more_than_fits_a_menu()
    {
        var many = Enumerable.Range(1, 50).Select(number => new Ticket($"INC-{number}", "x")).ToList();
        var ways = CommandCompletion.Suggest("", many);
        ways.Take(CommandCompletion.Subcommands.Count).ShouldBe(CommandCompletion.Subcommands);
        ways.Count.ShouldBe(CommandCompletion.Most);
    }

    [Fact]
    public void Each_way_has_one_line_of_help() => CommandCompletion.Suggest("", Tickets).ShouldAllBe(each => each.Help.Length > 0 && !each.Help.Contains('\n'));

    [Fact]
    public async Task Completion_offers_tickets_to_begin_with_and_open_dispatches_to_cancel()
    {
        var office = new Office();
        await office.Start("OPS-7");
        (await office.Lists.SuggestAsync(Office.Ops, "in", CancellationToken.None)).Select(each => each.Text).ShouldBe(["INC-1042", "INC-1099"]);
        (await office.Lists.SuggestAsync(Office.Ops, "cancel ", CancellationToken.None)).Select(each => each.Text).ShouldBe(["cancel OPS-7"]);
    }
}
