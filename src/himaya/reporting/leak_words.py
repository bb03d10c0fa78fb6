"""Words that lead to a place or a person, in the languages that reporters read most.

Each is one form of a word; an ending may follow, as `leaks` says. Not a list of a country: names of
its districts, offices and desks come from its pack.
"""

ADDRESS = """
street st road rd avenue lane block blk building bldg floor flat apartment apt house villa room
gate entrance corner behind opposite neighbour neighbor intersection roundabout ring postcode
address zip plot unit stairs lift
شارع طريق قطعه مبنى مبني عماره بنايه برج طابق دور شقه بيت منزل فيلا غرفه جاده مدخل بوابه دوار تقاطع
عنوان عنوانك عنواننا خلف مقابل بجانب بجوار الدائري
सड़क गली मकान मंज़िल मंजिल इमारत पता कमरा
سڑک گلی مکان منزل عمارت پتہ پتا کمرہ
সড়ক রাস্তা বাড়ি তলা ঠিকানা গলি
सडक घर तला ठेगाना
kalye kanto gusali palapag tirahan
jalan gedung lantai alamat rumah
തെരുവ് വീട് വിലാസം കെട്ടിടം
தெரு வீடு முகவரி மாடி
වීදිය ලිපිනය නිවස
መንገድ ቤት አድራሻ ፎቅ
rue immeuble étage appartement adresse
calle edificio piso dirección
улица дом квартира адрес этаж
"""
PLACE = """
hospital clinic embassy consulate shelter airport mosque church temple mall market supermarket
school university hotel court courthouse ministry metro station stop pharmacy bank café cafe
restaurant park harbour harbor port checkpoint headquarters reception desk square
مستشفى مستوصف عياده سفاره قنصليه ماوى ايواء مطار مسجد جامع كنيسه معبد مجمع سوق مول مدرسه جامعه فندق
محكمه وزاره مخفر محطه موقف صيدليه بنك مقهى مطعم حديقه ميناء منفذ جمعيه استقبال ساحه
अस्पताल दूतावास मस्जिद मंदिर बाज़ार बाजार थाना
ہسپتال سفارت سفارتخانہ مسجد بازار تھانہ
হাসপাতাল দূতাবাস মসজিদ বাজার থানা
अस्पताल दूतावास बजार
ospital embahada simbahan palengke
kedutaan masjid pasar
ആശുപത്രി എംബസി പള്ളി സ്കൂൾ
மருத்துவமனை தூதரக காவல் கோவில் பள்ளி சந்தை
රෝහල තානාපති පල්ලි පාසල
ሆስፒታ ኤምባሲ ፖሊስ ቤተክርስቲያን ገበያ መስጊድ
hôpital ambassade mosquée
embajada mezquita
больница посольство
"""
TITLES = """
mr mrs ms miss dr doctor officer sergeant captain major colonel lieutenant inspector detective
sheikh madam sir judge nurse
السيد السيده الاستاذ الاستاذه الدكتور الدكتوره الضابط الملازم النقيب الرائد المقدم العقيد الشيخ
الانسه المحقق الاخ الاخت المهندس القاضي الرقيب
श्री श्रीमती डॉक्टर
جناب صاحب محترمہ
ginoong aling mang
pak bu bapak ibu
ato
"""
BEFORE_A_NAME = (
    r"my name is",
    r"my colleague",
    r"(?:ask|look|wait) for",
    r"this is",
    r"signed",
    r"regards",
    r"(?:he|she) is called",
    r"named",
    r"اسمي",
    r"اسمه",
    r"اسمها",
    r"اسالي عن",
    r"اسال عن",
    r"زميلي",
    r"زميلتي",
    r"انا ضابط",
    r"اتصلي ب",
    r"قابلي",
    r"मेरा नाम",
    r"میرا نام",
    r"আমার নাম",
    r"nama saya",
    r"ang pangalan ko ay",
    r"je m appelle",
    r"me llamo",
    r"меня зовут",
)
GIVEN_NAMES = """
ahmed ahmad ali hassan hussein hussain mohammed mohamed muhammad mahmoud khaled khalid omar yousef
youssef ibrahim abdullah abdulrahman fahad faisal saad salem nasser nawaf jassim bader hamad meshal
fatima fatma maryam mariam aisha aysha noura nora noor sara sarah huda layla leila zainab zahra dana
amal mona muna hanan reem rania dalal latifa moza khadija amina salma
john mary james robert michael david maria anna rosa grace joy jennifer linda elizabeth susan
priya lakshmi sita rekha anita sunita kumar singh rajesh suresh ramesh arjun
karim rahim fatema nasrin begum sultana
ram gita maya bishnu
jose juan ana marites rosario
siti dewi budi putri
abebe tigist almaz hana selam
احمد علي حسن حسين محمد محمود خالد عمر يوسف ابراهيم عبدالله عبدالرحمن فهد فيصل سعد سالم ناصر نواف
جاسم بدر حمد مشعل فاطمه مريم عايشه عائشه نوره نور ساره هدى ليلى زينب زهراء دانه امل منى حنان ريم
رانيا دلال لطيفه موزه خديجه امينه سلمى عبدالعزيز سلطان تركي صالح طلال
अनीता सुनीता सीता गीता प्रिया लक्ष्मी रेखा माया राम राजेश सुरेश रमेश अर्जुन कुमार सिंह मोहम्मद फ़ातिमा
سارہ فاطمہ نسرین پروین
করিম রহিম ফাতেমা নাসরিন সীতা
சீதா லட்சுமி பிரியா குமார் ரமேஷ்
സീത ലക്ഷ്മി പ്രിയ രമേശ്
සීතා ලක්ෂ්මී කුමාර
ትዕግስት አልማዝ ሀና ሰላማዊት አበበ
"""
# Begin with a capital letter in the middle of a sentence and name nobody.
INNOCENT = """
i i'm i'll i've god ok okay sms whatsapp
monday tuesday wednesday thursday friday saturday sunday
january february march april may june july august september october november december ramadan eid
english arabic hindi urdu bengali nepali filipino malayalam tamil sinhala amharic indonesian french
anda
"""
DIGIT_WORDS = """
zero one two three four five six seven eight nine
صفر واحد اثنان اثنين ثلاثه اربعه خمسه سته سبعه ثمانيه تسعه
"""

# As they are written, before letters are made alike: "on", which else would be Ali; "hope".
NO_NAMES = frozenset({"على", "أمل", "سعد", "may", "joy", "hope"})
