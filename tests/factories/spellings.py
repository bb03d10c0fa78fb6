"""Common names of the countries that migrate to the Gulf, each in several ways of writing it.

Not made from the system's own tables: ways that people really write, one name a line, separated by
spaces; the first is how most papers have it. An underscore stands for a space within one name.
"""

ARAB_GIVEN = """
Mohammed Muhammad Mohamed Mohammad Mohamad Mouhamed محمد
Ahmed Ahmad Ahmet أحمد احمد
Ali Aly علي على
Hassan Hasan حسن
Hussein Husain Hussain Hossein حسين
Mahmoud Mahmud Mehmood محمود
Ibrahim Ibraheem Ebrahim إبراهيم ابراهيم
Yousef Yusuf Youssef Yosef يوسف
Khaled Khalid Khalede خالد
Omar Umar Omer عمر
Abdullah Abdallah Abdulla عبدالله عبد_الله
Abdulrahman Abdel_Rahman Abd_al-Rahman Abdurrahman عبدالرحمن عبد_الرحمن
Mustafa Mostafa Moustafa مصطفى
Othman Osman Uthman عثمان
Saleh Salih صالح
Salah_al-Din Salahuddin Salah_Eddine صلاح_الدين
Jamal Gamal Jamel جمال
Nasser Nasir Naser ناصر
Tariq Tarek Tareq طارق
Walid Waleed Oualid وليد
Fatima Fatma Fatimah Fatema فاطمة فاطمه
Aisha Aysha Ayesha Aicha عائشة عايشة
Khadija Khadijah Khadeeja Hadija خديجة
Maryam Mariam Meriem مريم
Zainab Zeinab Zaynab زينب
Noura Nora Nura نورة نوره
Huda Hoda Houda هدى
Amina Aminah Ameena أمينة امينه
Salma Selma سلمى
Samira Sameera Samirah سميرة
"""
ARAB_FAMILY = """
Al-Sayed Elsayed El_Sayed السيد
Al-Masri El_Masry Almasri المصري
Hamdan Hemdan حمدان
Al-Khatib El_Khateeb Alkhatib الخطيب
Haddad Hadad حداد
Najjar Al-Najjar Naggar النجار
Sharif Al-Sharif Cherif شريف
Qasim Kassem Qassem Kasim قاسم
Rashid Al-Rashid Rasheed Rachid راشد
Suleiman Sulaiman Soliman سليمان
Ramadan Ramadhan رمضان
Farouk Faruq Farooq فاروق
Al-Ahmad Alahmad الأحمد
Bakr Bakir بكر
Darwish Darwich درويش
Ghanem Ghanim غانم
Al-Hariri Hariri الحريري
Issa Eissa عيسى
Jabr Jaber Gaber جابر
Mansour Mansur منصور
Obaid Obeid Ubaid عبيد
Shahin Chahine Shaheen شاهين
Taha Tahaa طه
Zaki Zaky زكي
Awad Awwad عوض
"""
BANGLA_GIVEN = """
Mohammad_Rahim Md._Rahim Md_Roheem মোহাম্মদ_রহিম
Abdul_Karim Abdul_Korim Abdulkarim আব্দুল_করিম
Mizanur Mizanoor মিজানুর
Shafiqul Shafikul Sofiqul শফিকুল
Aminul Ameenul আমিনুল
Jahangir Jahangeer Zahangir জাহাঙ্গীর
Kamal Kamaal কামাল
Rafiq Rafique Rofiq রফিক
Monir Munir Moneer মনির
Habibur Hobibur হাবিবুর
Fatema Fatima ফাতেমা
Ayesha Aysha Aesha আয়েশা
Rokeya Rukeya Ruqaya রোকেয়া
Nasima Nasheema নাসিমা
Shirin Sirin Shireen শিরিন
Salma Selma সালমা
Parvin Parveen Parbin পারভীন
Taslima Tasleema তাসলিমা
Morsheda Morsida মোর্শেদা
Jesmin Jasmin Yasmin জেসমিন
"""
BANGLA_FAMILY = """
Hossain Hussain Hosen হোসেন
Islam Eslam ইসলাম
Rahman Rohman Rahmaan রহমান
Begum Begam বেগম
Khatun Khatoon খাতুন
Akter Akhter Aktar আক্তার
Miah Mia Miya মিয়া
Chowdhury Choudhury Chaudhuri চৌধুরী
Uddin Udin উদ্দিন
Sarkar Sarker সরকার
Ali Aly আলী
Khan Khaan খান
Sheikh Shaikh শেখ
Das Dash দাস
Talukder Talukdar তালুকদার
"""
INDIC_GIVEN = """
Ram_Bahadur Ram_Bahadhur राम_बहादुर
Krishna Krisna Krushna कृष्ण
Lakshmi Laxmi Lakshmee लक्ष्मी
Sita Seeta Sitha सीता
Gita Geeta Geetha गीता
Sunita Sunitha Suneeta सुनीता
Rajesh Rajes Raajesh राजेश
Suresh Sures Sureshh सुरेश
Dil_Kumari Dilkumari दिल_कुमारी
Maya Maaya माया
Anita Anitha Aneeta अनीता अनिता
Priya Priyaa Pria प्रिया
Ramesh Rames रमेश
Mohan Mohun मोहन
Santosh Santhosh Santos_Kumar संतोष
Harpreet Harprit Harpreeth हरप्रीत
Gurpreet Gurprit गुरप्रीत
Sarita Saritha सरिता
Deepak Dipak Deepakk दीपक
Manjula Manjoola मंजुला
"""
INDIC_FAMILY = """
Thapa Thapaa थापा
Gurung Guroong गुरुङ
Tamang Tamaang तामाङ
Rai Raai राई
Magar Mager मगर
Shrestha Shreshtha Srestha श्रेष्ठ
Kumari Kumaree कुमारी
Singh Sing Sinh सिंह
Kumar Kumarr कुमार
Devi Dewi देवी
Sharma Sarma शर्मा
Nair Nayar Naair नायर
Perera Pereira Parera पेरेरा
Fernando Fernandho फर्नांडो
Chaudhary Choudhary Chowdhary चौधरी
Limbu Limboo लिम्बू
Karki Kaarki कार्की
Adhikari Adhikary अधिकारी
"""
FILIPINO_GIVEN = """
Maria_Theresa Ma._Teresa Maria_Teresa Ma_Theresa
Jocelyn Joselyn Jocelin
Rosalie Rosalee Rosaly
Marites Maritess Maritez
Jennifer Jenifer Jeniffer
Cristina Christina Kristina
Lourdes Lurdes
Analyn Annalyn Analin
Rowena Roena Rowina
Evangeline Evangelyn Ebangeline
Rodrigo Rudrigo
Michelle Michele Mishelle
Catherine Katherine Cathrine Katrin
Imelda Emelda
Lorna Lorena
Mary_Grace Marygrace Mary_Grase
Josephine Josefina Josefine
Gemma Jemma Gema
"""
FILIPINO_FAMILY = """
dela_Cruz De_La_Cruz Delacruz
Santos Santoz
Reyes Reyez
Garcia Garsia
Mendoza Mendosa
Bautista Bautesta
Villanueva Vilanueva
Ramos Ramoz
Aquino Akino
Castillo Castilo
Fernandez Fernandes
Gonzales Gonzalez
Dimaculangan Dimaculanggan
Macaraeg Macaraig
Pangilinan Panggilinan
"""
ETHIOPIC_GIVEN = """
Tsehay Tsehaye Tsehai ፀሐይ ጸሃይ
Hailemariam Haile_Mariam Hayle_Mariam ኃይለማርያም
Tigist Tegest Tigest ትዕግስት
Almaz Almas አልማዝ
Bekele Bekelle Beqele በቀለ
Selamawit Selamawet Salamawit ሰላማዊት
Yohannes Johannes Yohanes ዮሐንስ
Hiwot Hewot Hywet ሕይወት
Mekdes Meqdes Mekdess መቅደስ
Genet Gennet Genett ገነት
Birtukan Bertukan ብርቱካን
Tewodros Theodros Tedros ቴዎድሮስ
Abebe Abebbe አበበ
Senait Sennait ሰናይት
Zewdu Zewdie ዘውዱ
Meseret Messeret Maseret መሠረት
"""
ETHIOPIC_FAMILY = """
Gebremariam Gebre_Mariam Gebremaryam ገብረማርያም
Tesfaye Tesfay Tessfaye ተስፋዬ
Desta Dessta ደስታ
Tadesse Tadese Taddese ታደሰ
Alemu Alemmu አለሙ
Wolde Welde ወልዴ
Kebede Kebbede ከበደ
Girma Ghirma ግርማ
Mulugeta Muluget ሙሉጌታ
Assefa Asefa አሰፋ
Negash Negassh ነጋሽ
Demissie Demise Demisse ደምሴ
Worku Werku ወርቁ
Tilahun Telahun ጥላሁን
"""


def _read(table: str) -> list[list[str]]:
    return [[way.replace("_", " ") for way in line.split()] for line in table.strip().splitlines()]


# People → (given names, family names, how many names stand between them at most).
PEOPLES = {
    "Arab": (_read(ARAB_GIVEN), _read(ARAB_FAMILY), 2),
    "Bangla": (_read(BANGLA_GIVEN), _read(BANGLA_FAMILY), 1),
    "Indic": (_read(INDIC_GIVEN), _read(INDIC_FAMILY), 1),
    "Filipino": (_read(FILIPINO_GIVEN), _read(FILIPINO_FAMILY), 1),
    "Ethiopic": (_read(ETHIOPIC_GIVEN), _read(ETHIOPIC_FAMILY), 1),
}
