using BotDispatch.Employees.File;

namespace BotDispatch.Tests.Employees;

/// <summary>Numbers as people and spreadsheets write them, by libphonenumber-csharp 9.0.43.</summary>
public sealed class PhoneNumberTests
{
    const string NoCode = "The phone number in the directory has no country code, as +44. National numbers need the setting Employees:DefaultRegion.";
    const string Strange = "The phone number in the directory has letters or signs that no number has.";

    [Theory]
    [InlineData("+44 7700 900101", "+447700900101")]
    [InlineData("+44 (0)7700-900101", "+447700900101")]
    [InlineData("+44 07700 900103", "+447700900103")]
    [InlineData("(+44) 7700 900101", "+447700900101")]
    [InlineData("0044 (7700) 900.101", "+447700900101")]
    [InlineData("0044 (0)7700 900101", "+447700900101")]
    [InlineData("tel:+1-202-555-0105", "+12025550105")]
    [InlineData("+1/202/555/0105", "+12025550105")]
    [InlineData("\u202A+1\u00a0202\u2011555\u20110105\u202C", "+12025550105")]
    [InlineData("+39 (0)6 698 12345", "+390669812345")]
    [InlineData("+36 (06) 1 234 5678", "+3612345678")]
    [InlineData("+7 (8) 495 123-45-67", "+74951234567")]
    [InlineData("+370 (8) 612 34567", "+37061234567")]
    [InlineData("+38 (044) 123-45-67", "+380441234567")]
    [InlineData("+49 30/23125100", "+493023125100")]
    [InlineData("+49 7732/23125", "+49773223125")]
    [InlineData("+33 6/12/34/56/78", "+33612345678")]
    public void A_number_with_its_country_code_is_made_e164(string written, string phone) =>
        PhoneNumberReader.Read(written).ShouldBe(new PhoneReading(phone));

    [Theory]
    [InlineData("+44 7700 900305")]
    [InlineData("+1 202 555 0199")]
    [InlineData("+1 555 0105")]
    [InlineData("+1 555 555 0105")]
    [InlineData("+44 20 7946 0123")]
    public void Numbers_reserved_for_samples_can_be_called_although_nobody_has_them(string written) =>
        PhoneNumberReader.Read(written).Phone.ShouldNotBeNull();

    [Theory]
    [InlineData("07700 900103", "GB", "+447700900103")]
    [InlineData("7700900103", "GB", "+447700900103")]
    [InlineData("447700900101", "GB", "+447700900101")]
    [InlineData("(202) 555-0105", "US", "+12025550105")]
    [InlineData("202-555-0105", "US", "+12025550105")]
    [InlineData("2025550105", "US", "+12025550105")]
    [InlineData("1-202-555-0105", "US", "+12025550105")]
    [InlineData("(479) 555-0105", "US", "+14795550105")]
    [InlineData("011 44 7700 900101", "US", "+447700900101")]
    [InlineData("0171/1234567", "DE", "+491711234567")]
    [InlineData("030 23125-100", "DE", "+493023125100")]
    [InlineData("697 123 4567", "GR", "+306971234567")]
    [InlineData("306971234567", "GR", "+306971234567")]
    [InlineData("8 (495) 123-45-67", "RU", "+74951234567")]
    [InlineData("06 698 12345", "IT", "+390669812345")]
    [InlineData("+44 7700 900101", "US", "+447700900101")]
    [InlineData("0044 7700 900101", "US", "+447700900101")]
    public void A_national_number_is_one_of_the_default_region(string written, string region, string phone) =>
        PhoneNumberReader.Read(written, region).ShouldBe(new PhoneReading(phone));

    [Theory]
    [InlineData("07700 900103")]
    [InlineData("447700900101")]
    [InlineData("(202) 555-0105")]
    public void Without_a_default_region_no_country_is_guessed(string written) => PhoneNumberReader.Read(written).ShouldBe(new PhoneReading(null, NoCode));

    // libphonenumber 9.0.43 reads the first as a valid number of another German town, and so anything that lost its plus in a German list.
    [Theory]
    [InlineData("4915112345678", "DE")]
    [InlineData("49 151 12345678", "DE")]
    [InlineData("306971234567", "DE")]
    [InlineData("447700900101", "DE")]
    [InlineData("15112345678", "DE")]
    [InlineData("4795550105", "US")]
    public void A_plus_sign_that_may_have_been_lost_is_asked_for(string written, string region) =>
        PhoneNumberReader.Read(written, region).ShouldBe(new PhoneReading(null,
            "The phone number in the directory may have lost its plus sign: it could be a number of two countries. Write it with + and the country code."));

    [Theory]
    [InlineData("+44 7700 900305 / 06", "+447700900305")]
    [InlineData("+1 202 555 0105 / 0106", "+12025550105")]
    [InlineData("+36 1 234 5678/79", "+3612345678")]
    [InlineData("+44 7700 900305; +44 7700 900306", "+447700900305")]
    [InlineData("+44 7700 900305;06", "+447700900305")]
    [InlineData("+44 7700 900305 or 07700 900306", "+447700900305")]
    [InlineData("+44 7700 900305, 07700 900306", "+447700900305")]
    [InlineData("+44 7700 900305 +44 7700 900306", "+447700900305")]
    [InlineData("+49 30 23125100 / +49 171 1234567", "+493023125100")]
    [InlineData("+49 30 23125100 oder +49 171 1234567", "+493023125100")]
    [InlineData("+44 7700 900305\n+44 7700 900306", "+447700900305")]
    public void Of_two_numbers_the_first_is_called_where_it_is_certain_and_that_is_said(string written, string phone) =>
        PhoneNumberReader.Read(written).ShouldBe(new PhoneReading(phone, Note: "Two phone numbers stand in one field of the directory: only the first is phoned."));

    [Theory]
    [InlineData("+49 30 23125 100/-12")]
    [InlineData("+49 30/23125-100/-12")]
    [InlineData("+49 30 23125100/12")]
    [InlineData("+44 7700 900305, 06")]
    [InlineData("+44 7700; +44 7700 900306")]
    [InlineData("+44 7700 90030 or +44 7700 900306")]
    public void Of_two_numbers_none_is_called_where_it_is_not_certain_which_digits_are_whose(string written) =>
        PhoneNumberReader.Read(written).ShouldBe(new PhoneReading(null,
            "Two phone numbers seem to stand in one field of the directory, and it is not certain which digits belong to which. Write one."));

    // libphonenumber 9.0.43 dials letters as keypad letters: "DW 12" becomes 39 12, and a longer, valid number.
    [Theory]
    [InlineData("+44 7700 900101 mobile")]
    [InlineData("+49 30 23125100 (Mo-Fr 9-17)")]
    [InlineData("+44 77OO 900101")]
    [InlineData("+44 +7700 900101")]
    [InlineData("+1 800 FLOWERS")]
    [InlineData("+٤٤٧٧٠٠٩٠٠١٠١")]
    [InlineData("*100#")]
    [InlineData("n/a")]
    public void Letters_and_signs_are_refused_before_they_become_digits(string written) => PhoneNumberReader.Read(written, "DE").ShouldBe(new PhoneReading(null, Strange));

    [Theory]
    [InlineData("+44 20 7946 0123 ext. 5")]
    [InlineData("+44 20 7946 0123 x5")]
    [InlineData("+44 20 7946 0123x5")]
    [InlineData("+44 20 7946 0123 #5")]
    [InlineData("tel:+44-20-7946-0123;ext=5")]
    [InlineData("+49 30 23125 DW 12")]
    [InlineData("+49 30 23125, App. 12")]
    [InlineData("+48 22 123 45 67 wew. 12")]
    [InlineData("+46 8 123 456 78 ankn. 12")]
    [InlineData("+33 1 23 45 67 89 poste 12")]
    public void An_extension_cannot_be_dialled_and_is_said(string written) => PhoneNumberReader.Read(written).ShouldBe(new PhoneReading(null,
        "The phone number in the directory has an extension, which cannot be dialled. Write a number that rings this person directly."));

    [Theory]
    [InlineData("4.47701E+11")]
    [InlineData("4,47701E+11")]
    [InlineData("4E11")]
    [InlineData("447700900101.0")]
    public void A_number_that_a_spreadsheet_rounded_is_none(string written) => PhoneNumberReader.Read(written, "GB").ShouldBe(new PhoneReading(null,
        "The phone number in the directory was rounded by a spreadsheet. Format the column as text and write the number again."));

    [Theory]
    [InlineData("", "No phone number in the directory.")]
    [InlineData("  ", "No phone number in the directory.")]
    [InlineData("12", "The phone number in the directory is too short.")]
    [InlineData("999", "The phone number in the directory is too short.")]
    [InlineData("+112", "The phone number in the directory is too short.")]
    [InlineData("+49 112", "The phone number in the directory is too short.")]
    [InlineData("+44 7700 9003", "The phone number in the directory is too short.")]
    [InlineData("+1234567890123456", "The phone number in the directory is too long.")]
    [InlineData("+44 7700 900305 06", "The phone number in the directory is too long.")]
    [InlineData("+0 7700 900101", "The phone number in the directory has no country code that exists.")]
    [InlineData("+999 7700 900101", "The phone number in the directory has no country code that exists.")]
    public void A_number_that_cannot_be_called_has_a_reason_that_does_not_repeat_it(string written, string problem) =>
        PhoneNumberReader.Read(written, "GB").ShouldBe(new PhoneReading(null, problem));
}
